"""What the authority sees of all plans of a call at once: who answers what, with how much money, and what is alike."""
