"""The settings of the house as it is run, on the home it is given; only hashing is quick, so that the load is ours."""

from yupana.settings import *  # noqa: F403 - everything else is as in production

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
