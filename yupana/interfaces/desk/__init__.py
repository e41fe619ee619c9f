"""The desk: where signed-in people plan, hand in, review, publish and call.

Each view is three breaths: find (through a query that was told who asks), do (one action), show. `doors` decides who
comes in at all; `forms` only read what was typed; whatever the domain refuses is shown on the same form, with what
was typed still in it.
"""
