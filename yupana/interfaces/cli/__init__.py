"""The console: everything that an operator does, with progress and honest exit codes."""
