"""The report of a period, as its entity writes it, mends it and hands it in."""
