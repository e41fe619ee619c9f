"""What is published: instruments, their editions, and the tree of items that state, bind, target or ask."""
