"""The command line: everything an operator does, with progress on stderr and honest exit codes.

``frame`` is what every command has around it, ``tongue`` the language it speaks, ``speak`` how commands tell what
they did, ``database`` keeps the tables up to date; each other module holds the commands of one task, and ``main``
puts them together.
"""
