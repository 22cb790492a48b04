"""CSL items to labelled reference strings: pandoc's citeproc prints them with marks around each field.

A mark is a pair of private-use characters, so the printed string says by itself which characters came from
which field. Names and dates, which a style takes apart, are found again beside their marks.
"""

import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline import pandoc
from pipeline.references.dates import date_parts, tables
from pipeline.references.labels import PEOPLE

Item = dict[str, Any]
Fields = list[tuple[str, int, int]]

MARKED = {
    "title": "title", "container-title": "container-title", "volume": "volume", "issue": "issue", "page": "pages",
    "publisher": "publisher", "publisher-place": "location", "DOI": "doi", "URL": "url", "collection-title": "series",
    "genre": "type", "note": "note", "author": "author", "editor": "editor", "translator": "translator",
}  # fmt: skip
_LABELS = list(dict.fromkeys(MARKED.values()))
_MARK = re.compile("[\ue000-\ue0ff]")
_NUMBER = re.compile(r"[\[(]?(\d{1,3})(?:[\]).]\s?|\s)(?=\S)")
_BETWEEN = re.compile(r"[\s.,;&/‐-]+|\b(?:and|und|et|y|e|en|i|och|og|ve|и)\b")
_ETAL = re.compile(r"[\s,.…]*(?:(?:et al|et coll|u\. ?a|и др|e altri|y otros|i in|m\. fl|vd|외|等|ほか)\b\.?)")


def render(items: Sequence[Item], style: Path, locale: str) -> Iterator[tuple[str, Fields]]:
    """Each item as `style` prints it in a bibliography, and its labelled fields (label, start, end)."""
    marked = [_marked(item) | {"id": f"i{number}"} for number, item in enumerate(items)]
    everything = f"---\nnocite: '@*'\nlang: {locale}\n---\n".encode()
    with tempfile.TemporaryDirectory() as folder:
        bibliography = Path(folder, "items.json")
        bibliography.write_text(json.dumps(marked, ensure_ascii=False), "utf-8")
        options = ["--citeproc", "--csl", str(style), "--bibliography", str(bibliography)]
        document = json.loads(pandoc.convert(everything, "markdown", "json", options))
    for block in document["blocks"]:
        for entry in block["c"][1] if block["t"] == "Div" else ():
            number = int(entry["c"][0][0].removeprefix("ref-i"))
            yield unmark(_flat(entry["c"][1]), items[number])


def _marked(item: Item) -> Item:
    result = dict(item)
    for variable, label in MARKED.items():
        value = item.get(variable)
        if isinstance(value, str):
            result[variable] = _around(value, label)
        elif value is not None:
            key = "family" if isinstance(value, list) else ""
            result[variable] = [
                name | {field: _around(name[field], label) for field in (key, "literal") if field in name}
                for name in value
            ]
    return result


def _around(value: str, label: str) -> str:
    number = _LABELS.index(label)
    return f"{chr(0xE000 + 2 * number)}{value}{chr(0xE001 + 2 * number)}"


def _flat(node: Any) -> str:
    if isinstance(node, list):
        return "".join(_flat(child) for child in node)
    kind, content = node["t"], node.get("c")
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind == "Str":
        return str(content)
    if kind == "Quoted":
        left, right = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
        return left + _flat(content[1]) + right
    if kind in ("Span", "Link", "Div"):
        text = _flat(content[1])
        return text + " " if kind == "Span" and "csl-left-margin" in content[0][1] else text
    return _flat(content) if isinstance(content, list) else ""


def unmark(marked: str, item: Mapping[str, Any]) -> tuple[str, Fields]:
    """The string without its marks, and the fields they stood around."""
    pieces: list[str] = []
    spans: Fields = []
    opened: dict[str, int] = {}
    length = 0
    for char in re.sub(r"\s+", " ", marked).strip():
        if _MARK.match(char):
            label = _LABELS[(ord(char) - 0xE000) // 2]
            if ord(char) % 2 == 0:
                opened[label] = length
            elif label in opened:
                spans.append((label, opened.pop(label), length))
        elif not (char == "." and length and pieces[-1] in ".?!") and not (
            char == " " and length and pieces[-1] == " "
        ):
            pieces.append(char)
            length += 1
    text = "".join(pieces)
    spans = [(label, start, end) for label, start, end in spans if start < end]
    spans = _with_people(text, spans, item)
    spans += _dates(text, spans, item)
    spans += _edition(text, spans, item) + _first_page(text, spans, item)
    number = _NUMBER.match(text)
    if number and all(start >= number.end(1) for _, start, _ in spans):
        spans.append(("label", *number.span(1)))
    return text, [span for span in _disjoint(spans) if text[span[1] : span[2]].strip()]


def _with_people(text: str, spans: Fields, item: Mapping[str, Any]) -> Fields:
    """Family names grown to the whole group with given names, connectors and "et al."."""
    rest = [span for span in spans if span[0] not in PEOPLE]
    for label in PEOPLE:
        families = sorted(span for span in spans if span[0] == label)
        known = {"jr", "iii"}
        for name in item.get(label, []):
            for part in (name.get("given", ""), name.get("non-dropping-particle", "")):
                known |= {p.lower() for p in re.findall(r"[^\W\d_]+", part)}
                known |= {p[0].lower() for p in re.findall(r"[^\W\d_]+", part)}
                known.add("".join(p[0] for p in re.findall(r"[^\W\d_]+", part)).lower())
        start = end = -1
        for family in families:
            left, right = _grown(text, family[1], family[2], known)
            if start >= 0 and not _BETWEEN.sub("", text[end:left]).strip():
                end = right
            else:
                rest += [(label, start, end)] if start >= 0 else []
                start, end = left, right
        if start >= 0:
            etal = _ETAL.match(text, end)
            rest.append((label, start, etal.end() if etal else end))
    return rest


def _grown(text: str, start: int, end: int, known: set[str]) -> tuple[int, int]:
    while match := re.search(r"([^\W\d_]+\.?(?:[-‐][^\W\d_]+\.?)*)[\s‐-]*$", text[max(0, start - 30) : start]):
        if not all(p.lower() in known for p in re.findall(r"[^\W\d_]+", match.group(1))):
            break
        start -= len(match.group())
    while match := re.match(r",?\s?\(?([^\W\d_]+\.?(?:[\s-]?[^\W\d_]\.?(?![^\W\d_]))*)\)?", text[end : end + 40]):
        if not all(p.lower() in known for p in re.findall(r"[^\W\d_]+", match.group(1))):
            break
        end += match.end()
    return start, end


def _dates(text: str, spans: Fields, item: Mapping[str, Any]) -> Fields:
    """`issued` as date; `accessed` with the words around it as note."""
    found: Fields = []
    for variable, label in (("issued", "date"), ("accessed", "note")):
        year = str(item.get(variable, {}).get("date-parts", [["~"]])[0][0])
        for match in re.finditer(rf"(?<!\d){re.escape(year)}(?!\d)", text):
            if any(start < match.end() and match.start() < end for _, start, end in spans + found):
                continue
            start, end = _whole_date(text, match.start(), match.end(), spans + found)
            if label == "note":
                start, end = _whole_phrase(text, start, end)
            found.append((label, start, end))
            break
    if "issued" not in item:
        undated = "|".join(re.escape(form) for form in tables()["words"]["undated"])
        form = re.search(rf"(?<!\w)(?:{undated})(?!\w)", text)
        if form:
            found.append(("date", form.start(), form.end()))
    return found


def _whole_date(text: str, start: int, end: int, taken: Fields) -> tuple[int, int]:
    """The year with month and day before or after it."""
    left = max([b for _, _, b in taken if b <= start], default=0)
    right = min([a for _, a, _ in taken if a >= end], default=len(text))
    before = re.search(
        r"(?:\d{1,2}\.?\s+)?[^\W\d_]{3,12}\.?(?:\s+(?:de\s+)?\d{1,2})?,?\s+(?:de\s+)?$|(?:\d{1,2}[./-]){1,2}$",
        text[max(left, start - 30) : start],
    )
    if before and (before.group()[0].isdigit() or date_parts(before.group(), 0, len(before.group()))):
        start -= len(before.group())
    after = re.match(
        r",?\s+(?:\d{1,2}\.?\s+)?[^\W\d_]{3,12}\.?(?:\s+\d{1,2})?(?=[\s).,;:]|$)|[년年]?\s?\d{1,2}[월月](?:\s?\d{1,2}[일日])?|[-/]\d\d[-/]\d\d",
        text[end : min(right, end + 30)],
    )
    if after and date_parts(after.group(), 0, len(after.group())):
        end += after.end()
    return start, end


def _whole_phrase(text: str, start: int, end: int) -> tuple[int, int]:
    """An access date with "Retrieved" before it and "from" behind."""
    words = re.search(r"[^\W\d_]+(?:\s+(?:on|le|am|em|el|il|op|z dnia|date))?:?\s*$", text[:start])
    tail = re.match(r",?\s+(?:from|at|de|von|da|desde)\b", text[end:])
    return (words.start() if words else start), end + (tail.end() if tail else 0)


def _edition(text: str, spans: Fields, item: Mapping[str, Any]) -> Fields:
    if "edition" not in item:
        return []
    match = re.search(
        rf"(?<!\d){item['edition']}\s?(?:st|nd|rd|th|e|a|ª|º|\.|er|ème)?\s?(?:edition|ed|edn|Aufl|Auflage|édition|éd|edición|edição|edizione|изд|wyd|druk|uppl|utg|udg|판|版)\b",
        text,
    )
    if match is None or any(start < match.end() and match.start() < end for _, start, end in spans):
        return []
    return [("edition", match.start(), match.end())]


def _first_page(text: str, spans: Fields, item: Mapping[str, Any]) -> Fields:
    """Styles of law print the first page alone, without its mark."""
    first = re.match(r"\d+", str(item.get("page") or ""))
    if first is None or any(label == "pages" for label, _, _ in spans):
        return []
    places = re.finditer(rf"(?<![\w.]){first.group()}(?!\w)", text)
    free = [m for m in places if all(m.end() <= start or m.start() >= end for _, start, end in spans)]
    return [("pages", *free[-1].span())] if free else []


def _disjoint(spans: Fields) -> Fields:
    kept: Fields = []
    for span in sorted(spans, key=lambda span: (span[1], -span[2])):
        if not kept or span[1] >= kept[-1][2]:
            kept.append(span)
    return kept
