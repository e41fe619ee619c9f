"""A State that does not exist, to look at: its own register, plan and people, told by the actions of the domain.

``data`` holds what a State would bring as files, ``cast`` who acts, ``publishing`` its plans, ``story`` what happened,
``update`` the next edition, ``command`` the command. Days are fixed, but for a consultation that is open on the day of
the telling; otherwise only passwords and salts differ from one telling to the next.
"""
