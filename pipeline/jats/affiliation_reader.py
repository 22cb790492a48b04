"""`aff` elements, wherever a publisher put them, as `Affiliation` values."""

from lxml import etree

from pipeline.article import Affiliation, Element, Span
from pipeline.elements import LANG, text_of
from pipeline.words import words

LABELS = {"city": "city", "state": "region", "country": "country", "postal-code": "postal-code", "addr-line": "address"}


def read_affiliations(meta: Element) -> dict[Element, Affiliation]:
    """The affiliations of `article-meta` in order, each under its element; one without an id is given one."""
    elements = [element for element in meta.iter("aff") if next(element.iterancestors("bio"), None) is None]
    return {element: read_affiliation(element, f"aff{number}") for number, element in enumerate(elements, start=1)}


def read_affiliation(element: Element, default_id: str) -> Affiliation:
    """The string of `element`, white space folded, with its tagged parts as spans."""
    pieces: list[str] = []
    spans: list[Span] = []
    country = element.find("country")
    affiliation = Affiliation(
        id=element.get("id") or default_id, text="", label=text_of(element.find("label")).strip(),
        lang=element.get(LANG), country_code=(country.get("country") or "") if country is not None else "",
    )  # fmt: skip
    _collect(element, pieces, spans, affiliation)
    text = "".join(pieces)
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    affiliation.text = text[start:end]
    affiliation.spans = tuple(Span(span.label, span.start - start, span.end - start) for span in spans)
    original = element.find("institution[@content-type='original']")
    if original is not None:
        _take_original(affiliation, " ".join(text_of(original).split()))
    return affiliation


def _take_original(affiliation: Affiliation, original: str) -> None:
    """The string as it was printed is the text, the parts that were picked out of it its spans (SciELO PS)."""
    spans: list[Span] = []
    for span in affiliation.spans:
        value = affiliation.text[span.start : span.end]
        start = original.find(value, spans[-1].end if spans else 0)
        if start >= 0 and value != original:
            spans.append(Span(span.label, start, start + len(value)))
    said = set(words(original))
    if said.issuperset(words(affiliation.text)):
        affiliation.text, affiliation.spans = original, tuple(spans)


def _collect(element: Element, pieces: list[str], spans: list[Span], affiliation: Affiliation) -> None:
    wrapped = element.tag == "institution-wrap"
    _write(pieces, "" if wrapped else element.text)
    for child in element:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if name == "institution-id":
            affiliation.ror = text_of(child).strip() if child.get("institution-id-type") == "ror" else affiliation.ror
        elif name == "institution-wrap" or (name == "addr-line" and len(child)):
            _collect(child, pieces, spans, affiliation)
        elif name and name != "label":
            if wrapped and spans and pieces and not pieces[-1].endswith((", ", " ")):
                pieces.append(", ")
            _write_span(child, name, pieces, spans)
        _write(pieces, "" if wrapped else child.tail)


def _write(pieces: list[str], text: str | None) -> None:
    collapsed = " ".join((text or "").split())
    if text and collapsed:
        pieces.append((" " if text[0].isspace() else "") + collapsed + (" " if text[-1].isspace() else ""))
    elif text and pieces and not pieces[-1].endswith(" "):
        pieces.append(" ")


def _write_span(child: Element, name: str, pieces: list[str], spans: list[Span]) -> None:
    if pieces and not pieces[-1].endswith((" ", ", ", "(")) and pieces[-1][-1:].isalnum():
        pieces.append(", ")
    value = " ".join(text_of(child).split())
    start = sum(map(len, pieces))
    pieces.append(value)
    department = (child.get("content-type") or "").startswith(("dept", "orgdiv"))
    kind = child.get("content-type") or "" if name == "named-content" else name
    label = ("department" if department else "institution") if name == "institution" else LABELS.get(kind)
    if label and value:
        spans.append(Span(label, start, start + len(value)))
