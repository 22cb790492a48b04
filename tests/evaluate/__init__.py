"""How well raw texts are read, measured by field against gold."""
