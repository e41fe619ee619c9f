"""How people and machines come in. No interface knows another."""
