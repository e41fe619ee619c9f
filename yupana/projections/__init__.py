"""What the State can see: everything here follows the ledger and can be rebuilt from zero."""
