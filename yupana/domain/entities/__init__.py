"""Who can be bound: public bodies, their tree and levels, what merged into what, and audiences over them."""
