"""Evaluations at the desk: begun, written, looked at, published; and the bands by which scores are read."""
