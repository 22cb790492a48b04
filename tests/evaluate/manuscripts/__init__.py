"""Manuscripts as authors send them, made of whole articles in every format, and how well they are read."""
