"""Where the shipped files are: in a checkout at the top, in an installed wheel inside the package."""

from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


@cache
def _top() -> Path:
    shipped = PACKAGE / "_shipped"
    return shipped if shipped.is_dir() else PACKAGE.parent


def schemas(*parts: str) -> Path:
    """A path under `schemas/`; it need not exist."""
    return _top().joinpath("schemas", *parts)


def styles(*parts: str) -> Path:
    """A path under `styles/`; it need not exist."""
    return _top().joinpath("styles", *parts)


def examples(*parts: str) -> Path:
    """A path under `examples/`; it need not exist."""
    return _top().joinpath("examples", *parts)
