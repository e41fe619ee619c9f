"""Writing drafts on the desk: the tree, one item, two people at once, what has no place, what became of each item."""
