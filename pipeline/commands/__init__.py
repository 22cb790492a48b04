"""The commands, a module for each kind of work; each is a thin skin over one call."""
