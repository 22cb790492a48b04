"""CSL items, citation clusters, a style and a locale become a formatted bibliography."""
