"""The desk with its cast, for every test of this folder."""

from tests.interfaces.desk.desk import desk

__all__ = ["desk"]
