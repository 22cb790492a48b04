"""A CSL style read into nodes: citeproc-py's element classes, extended, and its options."""

from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from citeproc import model
from lxml import etree

from pipeline.bibliography import locales
from pipeline.bibliography.citeproc import conditions, date_node, names, nodes, number_node
from pipeline.bibliography.citeproc.context import BIBLIOGRAPHY, CITATION
from pipeline.bibliography.citeproc.locale import LANG, Locale

NAMESPACE = "http://purl.org/net/xbiblio/csl"
CSL = f"{{{NAMESPACE}}}"
ELEMENTS = (
    nodes.Macro, nodes.Group, nodes.Choose, nodes.Text, nodes.Label, nodes.Layout,
    conditions.If, conditions.Else_If, conditions.Else,
    date_node.Date, date_node.Date_Part, number_node.Number,
    names.Names, names.Name, names.Name_Part, names.Et_Al, names.Institution, names.Substitute,
)  # fmt: skip


class SortKey:
    """A `key` of a `sort`: a variable or a macro, and how names are cut short in it."""

    def __init__(self, element: Any, macros: dict[str, Any]) -> None:
        self.variable: str = element.get("variable", "")
        self.macro = macros.get(element.get("macro", ""))
        self.descending: bool = element.get("sort") == "descending"
        options = ("names-min", "names-use-first", "names-use-last")
        self.options = {name: element.get(name) for name in options if element.get(name)}


class Area:
    """`citation` or `bibliography`: its layout, sort keys and attributes."""

    def __init__(self, element: Any, macros: dict[str, Any], style: "Style") -> None:
        self.attributes: dict[str, str] = dict(element.attrib)
        self.layout: Any = element.find(CSL + "layout")
        self.layout.prepare(style)
        self.sort = [SortKey(key, macros) for key in element.iterfind(f"{CSL}sort/{CSL}key")]

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)


class Style:
    """A style in a locale. `root` holds all nodes alive."""

    def __init__(self, path: Path, tag: str) -> None:
        self.root: Any = etree.parse(str(path), _parser()).getroot()
        attributes: dict[str, str] = {str(name): str(value) for name, value in self.root.attrib.items()}
        self.attributes = attributes
        self.note = attributes.get("class") == "note"
        self.english = tag.startswith("en")
        self.page_range_format = attributes.get("page-range-format", "")
        self.locale = Locale(tag, tuple(self._own_locales(tag)))
        self.places_year_suffix = any(
            node.get("variable") == "year-suffix" for node in self.root.iter(CSL + "text", CSL + "number")
        )
        self.distinguishes = any(node.get("disambiguate") for node in self.root.iter(CSL + "if", CSL + "else-if"))
        self.macros: dict[str, Any] = {str(macro.get("name")): macro for macro in self.root.iterfind(CSL + "macro")}
        for macro in self.macros.values():
            macro.prepare(self)
        self.citation = Area(self.root.find(CSL + "citation"), self.macros, self)
        bibliography = self.root.find(CSL + "bibliography")
        self.bibliography = Area(bibliography, self.macros, self) if bibliography is not None else None
        self.given_rule = self.citation.get("givenname-disambiguation-rule", "by-cite")

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    @cached_property
    def cites_initials(self) -> bool:
        """Whether citations print a given name that tells people apart by its initials."""
        if "initialize-with" in self.name_options(CITATION):
            return True
        waiting, seen = [self.citation.layout], set()
        while waiting:
            for node in waiting.pop().iter(CSL + "name", CSL + "text"):
                if node.get("initialize-with") is not None:
                    return True
                macro = node.get("macro")
                if macro in self.macros and macro not in seen:
                    seen.add(macro)
                    waiting.append(self.macros[macro])
        return False

    def name_options(self, area: str) -> dict[str, str]:
        """The inheritable options of names, the area's over the style's."""
        element = self.bibliography if area == BIBLIOGRAPHY and self.bibliography else self.citation
        wanted = (*names.INHERITED, *names.RENAMED.values())
        merged = {**self.attributes, **element.attributes}
        return {name: merged[name] for name in wanted if name in merged}

    def names_delimiter(self, area: str) -> str:
        element = self.bibliography if area == BIBLIOGRAPHY and self.bibliography else self.citation
        return element.get("names-delimiter", self.get("names-delimiter", ""))

    def _own_locales(self, tag: str) -> list[Any]:
        *_, primary = [found for found in locales.chain(tag) if found.split("-")[0] == tag.split("-")[0]] or [tag]
        elements = self.root.findall(CSL + "locale")
        order = dict.fromkeys((None, tag.split("-")[0], primary, tag))
        return [element for wanted in order for element in elements if element.get(LANG) == wanted]


def _parser() -> Any:
    lookup = etree.ElementNamespaceClassLookup()
    namespace = lookup.get_namespace(NAMESPACE)
    namespace[None] = model.CitationStylesElement
    for element in ELEMENTS:
        namespace[element.__name__.replace("_", "-").lower()] = element
    parser = etree.XMLParser(remove_comments=True, remove_pis=True, resolve_entities=False, no_network=True)
    parser.set_element_class_lookup(lookup)
    return parser


def load(path: Path, tag: str) -> Style:
    """The style in a file, read once for as long as the file stays as it is."""
    stat = path.stat()
    return _load(path, tag, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=8)
def _load(path: Path, tag: str, changed: int, size: int) -> Style:
    return Style(path, tag)
