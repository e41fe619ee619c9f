"""What was promised: the institutional plan as activities that answer items, with dates as people write them."""
