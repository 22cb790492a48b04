"""Every regular expression of the package, attacked with strings made from its own parse tree."""
