"""What Word says of each paragraph beside its text: its number in the document, its style, how it is set."""

from collections.abc import Collection, Iterator, Mapping

from pipeline.article import Element, Hints
from pipeline.intake.docx.names import is_on, run, text_of, value, w
from pipeline.intake.paragraphs import Paragraphs, Style

MOST_BOLD = 200
NEUTRAL = {"title", "subtitle", "author", "date", "abstract"}


def mark(paragraphs: Paragraphs, body: Element, listed: Collection[Element], numbers: Mapping[Element, int]) -> None:
    """Mark the paragraphs that have text; styles that pandoc takes out of the text are taken off.

    `listed` are those of a bibliography, `numbers` their places in the document.
    """
    for paragraph in body.iter(w("p")):
        if not text_of(paragraph).strip():
            continue
        properties = paragraph.find(w("pPr"))
        named = value(properties.find(w("pStyle"))) if properties is not None else ""
        style = paragraphs.styles.get(named, Style(named))
        role = "references" if paragraph in listed else style.role
        if properties is not None:
            _settle_style(properties, role)
        hints = Hints(style=role, bold=_is_bold(paragraph, style))
        sign = paragraphs.add(numbers.get(paragraph, 0), hints, tuple(names_of(paragraph)))
        paragraph.insert(1 if properties is not None else 0, run(sign))


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
