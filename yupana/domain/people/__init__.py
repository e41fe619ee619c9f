"""Who acts: accounts, and mandates that let a person act for an entity in a role between two dates."""
