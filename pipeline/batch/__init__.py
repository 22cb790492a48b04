"""Many articles on one machine: worker processes make them, a manifest remembers them."""
