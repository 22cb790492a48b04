"""Order of strings as a locale sorts them."""

import unicodedata
from functools import lru_cache

Key = tuple[object, ...]


@lru_cache(maxsize=50_000)
def key(text: str, tag: str) -> Key:
    """A sort key: letters first, then accents, then case; punctuation does not count."""
    folded = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ø", "o").replace("Ø", "O"))
    letters = "".join(char for char in folded if not unicodedata.combining(char))
    primary = "".join(char for char in letters.casefold() if char.isalnum() or char == " ")
    return primary.split(" "), folded.casefold()
