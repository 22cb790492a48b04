"""House styles: one folder each, whose files stand before those of the default style, one by one."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pipeline import resources
from pipeline.errors import UsageError

DEFAULT = "default"
RIGHT_TO_LEFT = frozenset({"ar", "arc", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"})
FALLBACK_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class House:
    """`folders` are searched in order; `settings` are the merged `house.toml` files."""

    folders: tuple[Path, ...]
    settings: dict[str, Any] = field(default_factory=dict)

    def file(self, name: str) -> Path:
        """The first file of that name.

        Raises UsageError: no folder of the style has it.
        """
        for folder in self.folders:
            if (folder / name).is_file():
                return folder / name
        raise UsageError(f"house style {self.folders[0].name} has no file {name}; add it or drop the reference to it")

    def files(self, *patterns: str) -> list[Path]:
        """Every file whose name matches a pattern, those of the first folder before others of the same name."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            for pattern in patterns:
                for path in sorted(folder.glob(pattern)):
                    found.setdefault(path.name, path)
        return list(found.values())

    def read(self, name: str) -> str:
        return self.file(name).read_text(encoding="utf-8")


def load(name: str) -> House:
    """The house style of that name in `styles/`, or the one in the folder of that path.

    Raises UsageError: there is no such style, or its `house.toml` is no TOML.
    """
    default = resources.styles(DEFAULT)
    folder = resources.styles(name) if _is_name(name) else Path(name)
    if not name or not folder.is_dir():
        known = ", ".join(sorted(path.parent.name for path in resources.styles().glob("*/house.toml")))
        raise UsageError(f"no house style “{name}”; choose one of {known}, or give the path of a folder")
    folders = (folder,) if folder.resolve() == default.resolve() else (folder, default)
    settings: dict[str, Any] = {}
    for path in reversed([each / "house.toml" for each in folders]):
        if path.is_file():
            settings = merged(settings, _toml(path))
    return House(folders, settings)


def _is_name(name: str) -> bool:
    return not any(separator in name for separator in "/\\") and name not in ("", ".", "..")


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {error}; correct the file") from None


def merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """`above` over `below`, table by table."""
    result = dict(below)
    for key, value in above.items():
        old = result.get(key)
        result[key] = merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return result


@cache
def _all_labels() -> dict[str, dict[str, str]]:
    return _toml(resources.styles("labels.toml"))


def labels(lang: str) -> dict[str, str]:
    """The printed words of a galley (`abstract`, `references` …) in a BCP 47 language, English where it has none."""
    known = _all_labels()
    result = dict(known[FALLBACK_LANGUAGE])
    parts = lang.lower().replace("_", "-").split("-")
    for length in range(1, len(parts) + 1):
        result |= known.get("-".join(parts[:length]), {})
    return result


def direction(lang: str) -> str:
    return "rtl" if lang.lower().replace("_", "-").split("-")[0] in RIGHT_TO_LEFT else "ltr"
