"""Loading the ground until it would break: processes are killed, writers pile up, and everything is counted after."""
