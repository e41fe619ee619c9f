"""The public record: facts are recorded, sealed at gapless positions into a Merkle log, and followed by others.

Tables elsewhere hold the content; an entry here holds order and proof: its leaf carries a salted digest of the
content and never a word that a person wrote.
"""
