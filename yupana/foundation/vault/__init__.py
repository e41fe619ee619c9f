"""The vault: files kept as they were brought, each under its own SHA-256. Nothing in it is ever overwritten or removed.

`rules` judges names and kinds, `store` puts, opens and proves. It knows nobody who keeps something in it: a room that
does names the digest in a table of its own, and its readers ask that room first.

What only waits to be decided upon lies `aside`, and is taken away again.
"""
