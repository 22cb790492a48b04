"""Problems of an article, as values."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


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
        return f"{self.file or '-'}:{self.line or 0}: {self.severity} {self.code} {self.message}"
