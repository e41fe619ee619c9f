"""Stateless joins of several rooms, for the desk, the portal and the console alike."""
