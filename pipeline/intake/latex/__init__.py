"""LaTeX. Pandoc reads the text; the commands of the many classes that state the front matter are read here."""
