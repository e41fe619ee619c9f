"""What an edition brings about: whom it binds, what an update touches, and carrying plans over to its call."""
