"""A reference string as tokens: words, digit runs, addresses whole, other marks; stops go with what they end."""

import re

WIDE = r"\u3000-\u303f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"  # full-width marks end an address
_LETTERS = r"[^\W\d_ᄀ-ᇿ\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+"
_MARKS = r"[\u0300-\u036f\u064b-\u0652\u00ad\u200c\u200d]"
_WORD = rf"{_LETTERS}(?:{_MARKS}+{_LETTERS})*{_MARKS}*"
_HYPHENS = r"['’‘`\-‐‑]"
# Most words, seen at once; not those that begin as `http`, `ftp` and `www` do.
_PLAIN_WORD = rf"[a-egi-vx-zA-EGI-VX-Z][A-Za-z]*+(?![^\W\d_]|{_MARKS}|{_HYPHENS})"
STOPS = ".,;:，、；：。．"
_TOKEN = re.compile(
    rf"""
    (
      {_PLAIN_WORD}
    | [hH](?i:ttps?\s?:\s?//\s?(?:dx\.\s?)?doi\.\s?org)/(?=\s?10\.)  # the resolver, apart from the DOI
    | (?:[hH](?i:ttps?://)|[fF](?i:tp://)|[wW](?i:ww\.))[^\s<>"“”«»[\]{WIDE}]*[^\s<>"“”«».,;:)\]}}'’{WIDE}]
    | 10\.\d{{4,9}}/[^\s<>"“”«»[\]{WIDE}]*[^\s<>"“”«».,;:)\]}}'’{WIDE}]
    | \d+
    | {_WORD}(?:{_HYPHENS}{_WORD})*
    | [\u3040-\u30ff\u3400-\u9fff]+ | [ᄀ-ᇿ\uac00-\ud7af]+
    | ([-_—–=*.·…])\2+
    | \S
    ) [{STOPS}]{{0,2}}
    """,
    re.VERBOSE,
)


def tokenize(text: str) -> tuple[list[str], list[int], list[int]]:
    """Token texts with their stops, where tokens start and where they end without their stops (code points).

    Only white space is between tokens.
    """
    matches = list(_TOKEN.finditer(text))
    return [match[0] for match in matches], [match.start() for match in matches], [match.end(1) for match in matches]
