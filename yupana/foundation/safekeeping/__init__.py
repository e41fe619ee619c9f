"""Keeping everything safe: one file that holds the whole database, and the way back from it.

It knows no table by name: what Django lists is kept, whatever the rooms above keep in it. ``archive`` is the file,
``tables`` what goes into it, ``backup`` and ``restore`` the two ways.
"""
