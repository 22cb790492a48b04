"""House styles: one folder each, whose files stand before those of the default style, one by one."""

import tomllib
import unicodedata
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from pipeline import resources
from pipeline.checked_toml import read_checked
from pipeline.errors import UsageError
from pipeline.journal import Look
from pipeline.render.pictures import picture_kind

DEFAULT = "default"
RIGHT_TO_LEFT = frozenset({"ar", "arc", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"})
FALLBACK_LANGUAGE = "en"
LOGO_SUFFIXES = (".svg", ".png", ".jpg")


@dataclass(frozen=True, slots=True)
class Logo:
    """The journal's logo; `suffix` with its dot, as its content says."""

    data: bytes
    media_type: str
    suffix: str


@dataclass(frozen=True, slots=True)
class House:
    """`folders` are searched in order; `settings` are the merged `house.toml` files, the journal's own look above them.

    `draft`: the galleys are no publication, and show it.
    """

    folders: tuple[Path, ...]
    settings: dict[str, Any] = field(default_factory=dict)
    logo: Logo | None = None
    draft: bool = False

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


def load(name: str, look: Look | None = None) -> House:
    """The house style of that name in `styles/`, or the one in the folder of that path, with a journal's `look`.

    Raises UsageError: there is no such style, its `house.toml` has a mistake, or the logo is none.
    """
    look = look or Look()
    default = resources.styles(DEFAULT)
    folder = resources.styles(name) if _is_name(name) else Path(name)
    if not name or not folder.is_dir():
        known = ", ".join(sorted(path.parent.name for path in resources.styles().glob("*/house.toml")))
        raise UsageError(f"no house style “{name}”; choose one of {known}, or give the path of a folder")
    folders = (folder,) if folder.resolve() == default.resolve() else (folder, default)
    settings: dict[str, Any] = {}
    for path in reversed([each / "house.toml" for each in folders]):
        if path.is_file():
            settings = merged(settings, read_checked(path, "house.schema.json"))
    logos = [Path(look.logo)] if look.logo else sorted(folder.glob("logo.*"))
    logo = read_logo(logos[0]) if logos else None
    return House(folders, merged(settings, _settings(look)), logo, look.draft)


def _settings(look: Look) -> dict[str, Any]:
    """What a look changes, in the tables of `house.toml`."""
    page: dict[str, Any] = {"paper": look.paper, "columns": look.columns}
    fonts: dict[str, Any] = {
        "text": [look.text_font] if look.text_font else [],
        "headings": [look.heading_font] if look.heading_font else [],
        "size": f"{look.font_size:g}pt" if look.font_size else "",
    }
    tables: dict[str, dict[str, Any]] = {"page": page, "fonts": fonts, "colours": {"accent": look.accent}}
    return {name: {key: value for key, value in table.items() if value} for name, table in tables.items()}


def read_logo(path: Path) -> Logo:
    """The picture at `path`.

    Raises UsageError: it cannot be read, or is no picture that a galley can show.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"{path}: the logo cannot be read ({error.strerror}); correct [look] of journal.toml"
        ) from None
    media_type, suffix = picture_kind(data)
    if suffix not in LOGO_SUFFIXES:
        raise UsageError(f"{path}: the logo is no SVG, PNG or JPEG; convert it, or correct [look] of journal.toml")
    return Logo(data, media_type, suffix)


def without_own_files(house: House) -> House:
    """The default style's files with the settings of `house`."""
    return replace(house, folders=house.folders[-1:])


def _is_name(name: str) -> bool:
    return not any(separator in name for separator in "/\\") and name not in ("", ".", "..")


def merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """`above` over `below`, table by table."""
    result = dict(below)
    for key, value in above.items():
        old = result.get(key)
        result[key] = merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return result


@cache
def _all_labels() -> dict[str, dict[str, str]]:
    return tomllib.loads(resources.styles("labels.toml").read_text(encoding="utf-8"))


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


def direction_of(text: str) -> str:
    """Which way a text runs by its first letter (Unicode Standard Annex 9, P2); empty where it has none."""
    kinds = (unicodedata.bidirectional(character) for character in text)
    return next(("ltr" if kind == "L" else "rtl" for kind in kinds if kind in ("L", "R", "AL")), "")


def contrast_on_white(colour: str) -> float:
    """The contrast ratio of `#rrggbb` to white (WCAG 2.2, 1.4.3), from 1 to 21."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
