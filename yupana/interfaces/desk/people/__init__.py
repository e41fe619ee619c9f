"""People who come and go: invitations, access, handing over, and entities that are silent."""
