"""A hasher that counts how often it hashed, so that a test of timing needs no clock."""

from typing import ClassVar

from django.contrib.auth.hashers import MD5PasswordHasher


class Counting(MD5PasswordHasher):
    """Every hash that is made or compared is counted."""

    algorithm = "counting"
    count: ClassVar[int] = 0

    def encode(self, password: str, salt: str) -> str:
        Counting.count += 1
        return super().encode(password, salt)
