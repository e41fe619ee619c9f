"""Checking what entities reported: what to look at first, one value, and what is open about what was found."""
