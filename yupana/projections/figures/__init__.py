"""The additive cube: cells of done and due that follow the ledger and are recomputed to the same digits anywhere."""
