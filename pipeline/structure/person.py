"""An author as the lines of a text tell of one."""

from dataclasses import dataclass, field

from pipeline.article import Contributor


@dataclass(slots=True)
class Person:
    """An author as read: affiliations are strings with the line they stand on."""

    contributor: Contributor
    marks: list[str] = field(default_factory=list)
    affiliations: list[tuple[str, int]] = field(default_factory=list)
    written: str = ""
