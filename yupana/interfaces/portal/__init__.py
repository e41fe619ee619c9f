"""The public site: anonymous, read-only, light."""
