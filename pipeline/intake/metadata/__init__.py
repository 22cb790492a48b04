"""What formats state about an article beside its text: front matter, properties, commands, meta elements."""
