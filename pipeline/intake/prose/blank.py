"""What is taken away leaves its lines."""

import re
from collections.abc import Iterable


def blanked(pattern: re.Pattern[str], text: str) -> str:
    """`text` with a space, and the lines it had, in the place of what `pattern` finds."""
    return pattern.sub(lambda match: " " + "\n" * match[0].count("\n"), text)


def each_blanked(text: str, patterns: Iterable[re.Pattern[str]]) -> str:
    """The same for several patterns, in their order."""
    for pattern in patterns:
        text = blanked(pattern, text)
    return text
