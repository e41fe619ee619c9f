"""StratML, the Strategy Markup Language: plans as XML. Part 1 (ISO 17469-1) in and out, Part 2 in where it is a plan.

``elements`` knows the words of the standard, ``tree`` says what its elements are as items, ``marks`` holds what the
standard has no word for; ``read`` and ``write`` are the two ways.
"""
