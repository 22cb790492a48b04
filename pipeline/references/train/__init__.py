"""How the tagger's model is made and measured; nothing of it runs when references are read."""
