"""Citations that a source states by key (citekeys, fields of citation programs) become JATS links to its references.

The source's `citation-cluster` elements (see `pipeline.elements.CLUSTER`) give way to text with
`xref ref-type="bibr"`: the text that the author's program printed, or, where there is none, author and year.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.article import Article, Element, Reference
from pipeline.elements import CLUSTER, Content, make, remove_keeping_tail, rewrite, text_of, unwrap
from pipeline.findings import Finding, Severity
from pipeline.references.matching import match

STYLE = "apa"
AUTHOR, YEAR = "author-only", "suppress-author"
DATA = {"title", "author", "editor", "container-title", "publisher", "DOI", "URL"}
BRACKETS = {"(": ")", "[": "]"}
NUMBER = re.compile(r"(?P<first>\d{1,4})(?:\s?[-–—‐]\s?(?P<last>\d{1,4}))?")
NUMBERS = re.compile(r"[\s\d,;–—‐-]+")
OPENED = re.compile(r"[,;:.(\[]")

Item = Mapping[str, Any]


@dataclass(slots=True)
class Cited:
    """`references` in their order, `ids` by key; `added`: strings of the text that the source does not hold."""

    references: list[Reference] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    found: int = 0
    linked: int = 0


def gather(
    article: Article,
    printed: Sequence[Reference],
    keyed: Sequence[Reference],
    items: Mapping[str, Item],
    listed: Sequence[str] = (),
) -> Cited:
    """The references of an article: its printed list, with the data of the items it cites; or, where it prints none,
    the cited items in the order of a list by name. `keyed` are entries whose ids are the keys that the text cites;
    `listed` are keys of works that are in the list uncited (`\\nocite`), `*` all.
    """
    cited = Cited()
    named = items if "*" in listed else listed
    keys = list(dict.fromkeys([*(cite.get("key", "") for cite in _all(article, "cite")), *named]))
    wanted = {key: items[key] for key in keys if DATA & items.get(key, {}).keys()}
    entries = [*printed, *(replace(reference, id="") for reference in keyed)]
    owners = {reference.id: len(printed) + place for place, reference in enumerate(keyed)}
    places = match(wanted, [entry.text for entry in entries]) if wanted and entries else {}
    for key, place in places.items():
        entries[place] = replace(entries[place], item=dict(wanted[key]), is_known=True)
        owners.setdefault(key, place)
    unprinted = [key for key in wanted if key not in owners]
    for key in _in_order(unprinted, wanted, article.lang) if unprinted else ():
        owners[key] = len(entries)
        entries.append(Reference("", item=dict(wanted[key]), is_known=True))
    for number, entry in enumerate(entries, 1):
        entry.id = f"ref{number}"
        if entry.is_known:
            entry.item = dict(entry.item) | {"id": entry.id}
    cited.references = entries
    cited.ids = {key: entries[place].id for key, place in owners.items()}
    cited.findings = [_unknown(key) for key in keys if key not in cited.ids]
    return cited


def _all(article: Article, tag: str) -> Iterator[Element]:
    for root in roots(article):
        yield from root.iter(tag)


def roots(article: Article) -> Iterator[Element]:
    """The elements of an article that hold its text."""
    for title in filter(None, [article.title, *article.translated_titles]):
        yield title.content
        if title.subtitle is not None:
            yield title.subtitle
    yield from (element for abstract in article.abstracts for element in abstract.content)
    yield from (*article.meta, *article.body, *article.back)


def _in_order(keys: Sequence[str], items: Mapping[str, Item], lang: str) -> list[str]:
    from pipeline import bibliography

    listed = bibliography.format([dict(items[key]) | {"id": key} for key in keys], [], STYLE, lang)
    return [entry.id for entry in listed.entries]


def _unknown(key: str) -> Finding:
    message = f"{key!r} is cited but in no bibliography of the source; its key stands in the text"
    return Finding("citation-unknown", Severity.WARNING, message)


def place(article: Article, cited: Cited) -> None:
    """Put text and links in the place of every cluster of `article`."""
    clusters = list(_all(article, CLUSTER))
    texts = _texts(clusters, cited, article.lang)
    for cluster in clusters:
        cites = list(cluster.iter("cite"))
        cited.found += len(cites)
        cited.linked += sum(cite.get("key", "") in cited.ids for cite in cites)
        written = text_of(cluster).strip()
        if written:
            for cite in cites:
                remove_keeping_tail(cluster, cite)
            content = _linked(cluster, [cited.ids[key] for c in cites if (key := c.get("key", "")) in cited.ids], cited)
        else:
            content = list(_composed(cites, texts, cited))
        _replace(cluster, content)


def _texts(clusters: Sequence[Element], cited: Cited, lang: str) -> dict[tuple[str, str], str]:
    """What a list by name prints for each work alone: authors (`AUTHOR`), year (`YEAR`), both (empty)."""
    ids = [
        reference.id for reference in cited.references if reference.item.get("title") or reference.item.get("author")
    ]
    if not any(not text_of(cluster).strip() for cluster in clusters) or not ids:
        return {}
    from pipeline import bibliography
    from pipeline.bibliography.richtext import Cite, Cluster, plain

    asked = [(identifier, mode) for identifier in ids for mode in ("", AUTHOR, YEAR)]
    items = [dict(each.item) | {"id": each.id} for each in cited.references if each.id in set(ids)]
    whole = bibliography.format(items, [Cluster((Cite(name, mode=mode),)) for name, mode in asked], STYLE, lang)
    return {key: _bare(plain(text)) for key, text in zip(asked, whole.citations, strict=True)}


def _bare(text: str) -> str:
    text = text.strip()
    return text[1:-1] if text[:1] in BRACKETS and text[-1:] == BRACKETS[text[0]] else text


def _composed(cites: Sequence[Element], texts: Mapping[tuple[str, str], str], cited: Cited) -> Iterator[Content]:
    """`(see Silva, 2020, p. 5; Costa, 2019)`; `Silva (2020)` for a work that the sentence itself names."""
    narrative = cites[0].get("mode") == "narrative" if cites else False
    yield "" if narrative else "("
    for number, cite in enumerate(cites):
        identifier = cited.ids.get(cite.get("key", ""), "")
        if number:
            yield "; "
        if prefix := (cite.get("prefix") or "").strip():
            yield f"{prefix} "
        suffix = _suffix(cite)
        if not identifier:
            yield [_link(f"[{cite.get('key')}]", "", cited), suffix]
        elif narrative and not number:
            closing = ")" if len(cites) == 1 else ""
            names, year = (_text(cite, texts, identifier, mode) for mode in (AUTHOR, YEAR))
            yield _link(f"{names} ({year}" + ("" if suffix else closing), identifier, cited)
            yield suffix + closing if suffix else ""
        else:
            mode = YEAR if cite.get("mode") == "suppress-author" else ""
            yield _link(_text(cite, texts, identifier, mode), identifier, cited)
            yield suffix
    yield "" if narrative and len(cites) == 1 else ")"


def _text(cite: Element, texts: Mapping[tuple[str, str], str], identifier: str, mode: str) -> str:
    return texts.get((identifier, mode)) or texts.get((identifier, "")) or cite.get("key") or ""


def _suffix(cite: Element) -> str:
    suffix = (cite.get("suffix") or "").strip()
    return f"{suffix}" if not suffix or OPENED.match(suffix) else f", {suffix}"


def _link(text: str, identifier: str, cited: Cited) -> Content:
    cited.added.append(text)
    return make("xref", text, ref_type="bibr", rid=identifier) if identifier else text


def _linked(cluster: Element, ids: Sequence[str], cited: Cited) -> list[Content]:
    """The author's own text with its links: a link a number or a part between semicolons, else one for all."""
    holder = make("p")
    holder.text, holder[:] = cluster.text, list(cluster)
    if not ids:
        return [holder.text or "", list(holder)]
    known = {reference.id: number for number, reference in enumerate(cited.references, 1)}
    text = text_of(holder)
    if NUMBERS.fullmatch(_bare(text)):
        numbers = {number: identifier for identifier, number in known.items() if identifier in ids}
        rewrite(holder, lambda piece, parent: _by_number(piece, numbers, ids), ())
    elif not len(holder):
        holder = make("p", list(_by_part(text, ids)))
    else:
        inner = make("xref", holder.text or "", list(holder), ref_type="bibr", rid=" ".join(ids))
        return [inner]
    return [holder.text or "", list(holder)]


def _by_number(text: str, numbers: Mapping[int, str], ids: Sequence[str]) -> Iterator[str | Element]:
    position = 0
    matches = list(NUMBER.finditer(text))
    sure = [found for each in matches for found in _range(each) if found in numbers]
    in_order = iter(ids)
    for each in matches:
        rids = [numbers[number] for number in _range(each) if number in numbers]
        if len(sure) < len(ids):
            rids = [next(in_order, ids[-1]) for _ in _range(each)]
        if rids:
            yield text[position : each.start()]
            yield make("xref", each.group(), ref_type="bibr", rid=" ".join(dict.fromkeys(rids)))
            position = each.end()
    yield text[position:]


def _range(match: re.Match[str]) -> range:
    first, last = int(match["first"]), int(match["last"] or match["first"])
    return range(first, min(last, first + 50) + 1)


def _by_part(text: str, ids: Sequence[str]) -> Iterator[Content]:
    """`(Silva, 2020; Costa, 2019)`: as many parts as works, in their order."""
    lead = len(text) - len(text.lstrip("([ "))
    end = len(text.rstrip(")] ")) if lead else len(text)
    parts = text[lead:end].split(";")
    if len(parts) != len(ids):
        parts, groups = [text[lead:end]], [" ".join(ids)]
    else:
        groups = list(ids)
    yield text[:lead]
    for number, (part, rid) in enumerate(zip(parts, groups, strict=True)):
        yield ";" if number else ""
        bare = part.strip()
        yield part[: len(part) - len(part.lstrip())]
        yield make("xref", bare, ref_type="bibr", rid=rid)
        yield part[len(part.rstrip()) :]
    yield text[end:]


def _replace(cluster: Element, content: Sequence[Content]) -> None:
    """Put `content` in the place of `cluster`."""
    holder = make(CLUSTER, content)
    cluster.text, cluster[:] = holder.text, list(holder)
    unwrap(cluster)
