"""What Word says of each paragraph beside its text: its number in the document, its style, how it is set.

A mark at the beginning of its text, in characters that no text holds, leads from pandoc's paragraph back to it.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from pipeline.article import Element, Hints
from pipeline.intake.docx.names import is_on, run, text_of, value, w
from pipeline.intake.markup.document import Place
from pipeline.intake.markup.nodes import Node, descendants

OPEN, CLOSE = "\ufdd0", "\ufdd1"
MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
MOST_BOLD = 200
ROLES = {
    "title": "title", "subtitle": "subtitle", "author": "author", "authors": "author", "affiliation": "affiliation",
    "affiliations": "affiliation", "abstract": "abstract", "keywords": "keywords", "keyword": "keywords",
    "bibliography": "references", "references": "references", "reference": "references", "caption": "caption",
    "date": "date", "quote": "quote", "intense quote": "quote", "block text": "quote", "quotations": "quote",
    "block quotation": "quote", "author list": "author", "authorlist": "author", "author names": "author",
    "authornames": "author", "author name": "author", "papertitle": "title", "article title": "title",
    "paper title": "title", "table caption": "caption", "figure caption": "caption",
    "author affiliation": "affiliation",
}  # fmt: skip
ENDS = ("title", "author", "authors", "authornames", "affiliation", "abstract", "keywords", "caption", "references")
NEUTRAL = {"title", "subtitle", "author", "date", "abstract"}


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style with what it inherits: its name as Word shows it, whether it is bold."""

    name: str = ""
    bold: bool = False
    parents: tuple[str, ...] = ()

    @property
    def role(self) -> str | None:
        for name in (self.name, *self.parents):
            plain = re.sub(r"[^a-z ]", "", name.casefold().replace("_", " ")).strip()
            if plain in ROLES:
                return ROLES[plain]
            last = plain.rsplit(" ", 1)[-1]
            if last in ENDS and plain.startswith(
                ("article", "paper", "els", "mdpi", "papertitle", "p", "springer", "acm", "ieee", "jats")
            ):
                return ROLES[last]
        return None


@dataclass(slots=True)
class Paragraphs:
    """The paragraphs of a document by number, and the place in it of pandoc's."""

    styles: Mapping[str, Style]
    hints: dict[int, Hints] = field(default_factory=dict)
    names: dict[int, tuple[str, ...]] = field(default_factory=dict)
    last: int = 0

    def mark(self, body: Element, listed: Collection[Element], numbers: Mapping[Element, int]) -> None:
        """Mark the paragraphs that have text; styles that pandoc takes out of the text are taken off.

        `listed` are those of a bibliography, `numbers` their places in the document.
        """
        for paragraph in body.iter(w("p")):
            number = numbers.get(paragraph, 0)
            if not text_of(paragraph).strip():
                continue
            properties = paragraph.find(w("pPr"))
            named = value(properties.find(w("pStyle"))) if properties is not None else ""
            style = self.styles.get(named, Style(named))
            role = "references" if paragraph in listed else style.role
            if properties is not None:
                _settle_style(properties, role)
            self.names[number] = tuple(names_of(paragraph))
            self.hints[number] = Hints(style=role, bold=_is_bold(paragraph, style))
            place = 1 if properties is not None else 0
            paragraph.insert(place, run(f"{OPEN}{number}{CLOSE}"))

    def __call__(self, node: Node) -> Place | None:
        """The place of a paragraph of pandoc's tree; its mark is taken away."""
        found = take_marks(node)
        if found:
            self.last = found[0]
        hints, names = (self.hints.get(self.last, Hints()), self.names.get(self.last, ())) if found else (Hints(), ())
        return Place(self.last or 1, replace(hints), names)


def _settle_style(properties: Element, role: str | None) -> None:
    """Pandoc takes titles out of the text, and indented paragraphs for quotations."""
    named = properties.find(w("pStyle"))
    if role in NEUTRAL and named is not None:
        properties.remove(named)
    if role != "quote":
        for indentation in properties.findall(w("ind")):
            properties.remove(indentation)


def names_of(paragraph: Element) -> list[str]:
    """The bookmarks that begin in a paragraph."""
    return [name for start in paragraph.iter(w("bookmarkStart")) if (name := value(start, "name"))]


def take_marks(node: Node) -> list[int]:
    numbers = []
    for each in descendants(node):
        if each["t"] == "Str" and OPEN in each["c"]:
            numbers += [int(number) for number in MARK.findall(each["c"])]
            each["c"] = MARK.sub("", each["c"])
    return numbers


def read_styles(root: Element | None) -> dict[str, Style]:
    """The paragraph styles by id."""
    if root is None:
        return {}
    found = {value(style, "styleId"): style for style in root.iter(w("style"))}
    return {name: _style(style, found) for name, style in found.items()}


def _style(style: Element, known: Mapping[str, Element]) -> Style:
    chain = list(_chain(style, known))
    bold = next(
        (each.find(f"{w('rPr')}/{w('b')}") for each in chain if each.find(f"{w('rPr')}/{w('b')}") is not None), None
    )
    names = [value(each.find(w("name"))) for each in chain]
    return Style(names[0], is_on(bold), tuple(names[1:]))


def _chain(style: Element, known: Mapping[str, Element]) -> Iterator[Element]:
    """A style and those it is based on."""
    seen: set[int] = set()
    current: Element | None = style
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = known.get(value(current.find(w("basedOn"))))


def _is_bold(paragraph: Element, style: Style) -> bool:
    """A short paragraph all of whose letters are bold."""
    runs = [each for each in paragraph.iter(w("r")) if any((text.text or "").strip() for text in each.iter(w("t")))]
    if not runs or len(text_of(paragraph)) > MOST_BOLD:
        return False
    return all(_bold_run(each, style) for each in runs)


def _bold_run(each: Element, style: Style) -> bool:
    bold = each.find(f"{w('rPr')}/{w('b')}")
    return is_on(bold) if bold is not None else style.bold
