"""Django's SQLite, with one queue for everybody who writes: across threads, servers and commands."""
