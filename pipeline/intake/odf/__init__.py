"""OpenDocument text: prepared for pandoc, which reads it."""
