"""A State that does not exist, to look at: its own register, plan and people, told by the actions of the domain.

``data`` holds what a State would bring as files, ``cast`` who acts, ``story`` what happened, ``command`` the command.
Days are fixed; only passwords and salts differ from one telling to the next.
"""
