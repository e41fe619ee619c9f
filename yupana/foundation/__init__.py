"""What everything stands on. Nothing here knows the domain."""
