"""What was done: reports on accepted plans period by period, their evidence, what was checked, and what it comes to."""
