"""The signed-in desk: what we owe, our plan, the review queue, publish and call."""
