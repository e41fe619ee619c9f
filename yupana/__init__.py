"""Yupana: what a State ordered, who owes it by when, what was promised and done, and how far it has come."""

__version__ = "0.1.0"
