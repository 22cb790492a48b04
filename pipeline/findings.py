"""Problems of an article, as values."""

import re
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

UNPRINTED = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Severity(StrEnum):
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing an editor should know.

    `code` is a short kebab-case name that never changes meaning; `line` is 1-based in `file`.
    """

    code: str
    severity: Severity
    message: str
    file: str | None = None
    line: int | None = None

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        return one_line(f"{self.file or '-'}:{self.line or 0}: {self.severity} {self.code} {self.message}")


def one_line(text: str) -> str:
    """`text` for a terminal: one line, without characters that steer one or change the order in which it shows."""
    return UNPRINTED.sub("\ufffd", " ".join(text.splitlines()))
