"""Telling people what waits for them: notices at the desk, and one sentence with a link by mail."""
