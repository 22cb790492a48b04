"""The Jinja templates of a house style: each is compiled once, and again when its file changes or gives way."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FunctionLoader, StrictUndefined

from pipeline.render.house import House


def templates(house: House) -> Environment:
    return _templates(house.folders)


@cache
def _templates(folders: tuple[Path, ...]) -> Environment:
    house = House(folders)

    def load(name: str) -> tuple[str, str, Callable[[], bool]]:
        path = house.file(name)
        written = path.stat().st_mtime_ns
        return (
            path.read_text("utf-8"),
            str(path),
            lambda: house.file(name) == path and path.stat().st_mtime_ns == written,
        )

    return Environment(
        loader=FunctionLoader(load), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
