"""What pandoc does not know of some formats: each module prepares their text for it and completes the tree it gives."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pipeline.intake.dialects import markdown, org, page, rst

Tree = dict[str, Any]


def _same(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Dialect:
    """`prepare` changes the text before pandoc reads it, `settle` the tree."""

    prepare: Callable[[str], str] = _same
    settle: Callable[[Tree, str], None] = lambda tree, text: None


DIALECTS = {
    "markdown": Dialect(markdown.prepare, markdown.settle),
    "html": Dialect(page.prepare),
    "org": Dialect(org.prepare, org.settle),
    "rst": Dialect(rst.prepare, rst.settle),
}
