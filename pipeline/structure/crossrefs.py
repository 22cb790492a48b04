"""References in the text to figures, tables, equations and sections, linked."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, partial

from pipeline.article import Element
from pipeline.elements import make, rewrite, text_of
from pipeline.structure.vocabulary import alternatives, folded, load, roles

OPAQUE = {"xref", "ext-link", "title", "label", "tex-math", "disp-formula", "alt-text"}
KINDS = {"fig": "fig", "table-wrap": "table", "disp-formula": "disp-formula", "sec": "sec"}
NUMBER = re.compile(r"(?:[A-Z]{1,2}[.-]?)?\d{1,3}(?:\.\d{1,2}){0,3}|[IVX]{1,5}(?![^\W\d_])")
FURTHER = re.compile(rf"(?P<open>\()?(?P<number>{NUMBER.pattern})(?(open)\)?)")
MORE = re.compile(
    r"[A-Za-z]?(?P<between>\s?(?:,|;|–|-|&|and|y|e|et|und|dan|и|en|och|og|ve)\s?(?:[A-Za-z](?![^\W\d_])\s?)?)(?=\(?\d)"
)


@cache
def _pattern() -> re.Pattern[str]:
    words = alternatives(word for kind in KINDS for word in load("captions")[kind])
    return re.compile(
        rf"(?<![^\W\d_])(?P<word>{words})\.?\s?(?P<open>\()?\s?(?P<number>{NUMBER.pattern})(?(open)[a-z]?\)?)",
        re.IGNORECASE,
    )


def link_floats(body: Sequence[Element]) -> None:
    """Put `xref` elements around mentions of what the body holds; ids are given where there are none."""
    targets = _targets(body)
    if targets:
        for element in body:
            rewrite(element, partial(_rewritten, targets), OPAQUE)


@cache
def _appendix() -> re.Pattern[str]:
    words = alternatives(load("captions")["appendices"]["words"])
    return re.compile(rf"(?<![^\W\d_])(?:{words})\s?(?P<number>[A-H]|\d{{1,2}}|[IVX]{{1,4}})(?!\w)", re.IGNORECASE)


def link_appendices(sections: Sequence[Element], appendices: Sequence[Element]) -> None:
    """Put `xref` elements around mentions of appendices by their letter or number."""
    targets = {}
    for place, appendix in enumerate(appendices, 1):
        heading = " ".join(
            text_of(appendix.find(name)) for name in ("label", "title") if appendix.find(name) is not None
        )
        if match := _appendix().match(heading):
            appendix.set("id", appendix.get("id") or f"app{place}")
            targets[match["number"].upper()] = str(appendix.get("id"))
    if targets:
        for element in sections:
            rewrite(element, partial(_with_appendices, targets), OPAQUE)


def _with_appendices(targets: dict[str, str], text: str, parent: Element) -> Iterator[str | Element]:
    position = 0
    for match in _appendix().finditer(text):
        identifier = targets.get(match["number"].upper())
        if identifier is not None and not _is_own(parent, identifier):
            yield text[position : match.start()]
            yield make("xref", match.group(), ref_type="app", rid=identifier)
            position = match.end()
    yield text[position:]


def _targets(body: Sequence[Element]) -> dict[tuple[str, str], str]:
    """Kind and number to id."""
    found: dict[tuple[str, str], str] = {}
    for root in body:
        for element in root.iter(*KINDS):
            number = _number_of(element)
            if not number or (element.tag, number) in found:
                continue
            prefix = {"fig": "fig", "table-wrap": "table", "disp-formula": "eq", "sec": "sec"}[element.tag]
            plain = re.sub(r"[^0-9A-Za-z.-]", "", unicodedata.normalize("NFKC", number))
            identifier = element.get("id") or f"{prefix}{plain}"
            if not plain or identifier in found.values():
                continue
            element.set("id", identifier)
            found[element.tag, number] = identifier
    return found


def _number_of(element: Element) -> str:
    if element.tag == "sec":
        return text_of(element.find("label")).strip(" .)")
    numbers = NUMBER.findall(text_of(element.find("label")))
    return str(numbers[-1]) if numbers else ""


def _rewritten(targets: dict[tuple[str, str], str], text: str, parent: Element) -> Iterator[str | Element]:
    position = 0
    if parent.tag in ("table", "thead", "tbody", "tr", "sec", "body", "list", "fig", "table-wrap"):
        yield text
        return
    for match in _pattern().finditer(text):
        if match.start() < position:
            continue
        for start, end, number in _numbers(text, match):
            identifier = _find(match["word"], number, targets)
            if identifier is None:
                break
            if _is_own(parent, identifier):
                continue
            kind = next(kind for (kind, _), known in targets.items() if known == identifier)
            yield text[position:start]
            yield make("xref", text[start:end], ref_type=KINDS[kind], rid=identifier)
            position = end
    yield text[position:]


def _numbers(text: str, match: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    """The first number with its word, then those after commas or `and`."""
    end = match.end()
    yield match.start(), end, match["number"]
    while (more := MORE.match(text, end)) and (number := FURTHER.match(text, more.end())):
        yield number.start(), number.end(), number["number"]
        end = number.end()


def _find(word: str, number: str, targets: dict[tuple[str, str], str]) -> str | None:
    kind = roles("captions").get(folded(word), "")
    number = number.rstrip(".")
    tried = [kind] if kind in KINDS else []
    if folded(word) in {folded(each) for each in load("captions")["sec"]}:
        tried = ["sec"]
    return next((targets[each, number] for each in tried if (each, number) in targets), None)


def _is_own(parent: Element, identifier: str) -> bool:
    return any(each.get("id") == identifier for each in (parent, *parent.iterancestors()))
