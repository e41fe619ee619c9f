"""Reading what was typed. A form never decides: it hands plain values to an action."""
