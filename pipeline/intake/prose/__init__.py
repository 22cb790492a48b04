"""The words of a source as its own marks part them, read without pandoc: what pandoc drops is seen so.

Each module reads one format by a small lexer: `prose(text)` gives the source with everything that is no word of the
article (commands, keys, addresses, settings) taken away, its lines kept. In doubt a word is taken away.
"""
