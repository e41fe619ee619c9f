"""Who owes what by when: calls put editions to entities, opening freezes who and what, and due dates move by acts."""
