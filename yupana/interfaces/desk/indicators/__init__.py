"""Saying how the targets of an edition are measured."""
