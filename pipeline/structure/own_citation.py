"""The article's own citation (How to cite), and what the article takes from it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.article import Block, Date, Reference, Title
from pipeline.elements import make, text_of
from pipeline.structure.authors import parse_authors
from pipeline.structure.draft import Draft
from pipeline.structure.mastheads import DOI
from pipeline.structure.vocabulary import folded, word_set
from pipeline.words import words

# A title without a mark that might end it, in place of the real one while the rest of a citation is read.
PLAIN = "Words of a title without stops"
SHORTEST_TITLE, LONGEST_TITLE, LEAST_AUTHORS = 12, 400, 3
HEAD = 80
SUBTITLE = re.compile(r"\s?[:.–—]\s(?P<subtitle>\S.{2,300})")
SELF_CITATION = "the article's own citation, read for its facts"


def read_citation(draft: Draft) -> None:
    """The citation under How to cite; one in another format is set aside."""
    for zone in draft.take("how_to_cite"):
        draft.drop_label(zone)
        styles = [block for block in zone.blocks if folded(block.text) in word_set("facts", "citation_styles")]
        draft.drop(styles, "name of a citation style")
        zone.blocks = [block for block in zone.blocks if block not in styles]
        text = " ".join(block.text for block in zone.blocks)
        if not words(text):
            continue
        if draft.citation is None:
            draft.citation = _read(draft, text, zone.blocks)
            draft.citation.line = zone.blocks[0].line
        else:
            draft.drop(zone.blocks, "the article's own citation in another format")


def _read(draft: Draft, text: str, own: Sequence[Block]) -> Reference:
    """A citation read with its title known from the page, whose stops and commas then part nothing."""
    read = draft.read_citation(text)
    place = _title_in([block for block in draft.blocks if block not in own], text, read)
    if place is None:
        return read
    start, end = place
    plain = draft.read_citation(text[:start] + PLAIN + text[end:])
    title = str(plain.item.get("title", ""))
    if PLAIN not in title:
        return read
    before, stop, after = title.partition(f"{PLAIN}. ")
    if stop and not before and plain.item.get("container-title"):
        plain.item["container-title"] = f"{after}. {plain.item['container-title']}"
        title = PLAIN
    plain.item["title"] = title.replace(PLAIN, text[start:end])
    return replace(plain, text=text)


def _title_in(page: Sequence[Block], text: str, read: Reference) -> tuple[int, int] | None:
    """Where in the citation the longest line of the page stands that is neither its journal nor one of its authors."""
    container = str(read.item.get("container-title", ""))
    journal, last = words(container), text.rfind(container) if container else len(text)
    first = max((span.end for span in read.spans if span.label == "author"), default=0)
    title = words(str(read.item.get("title", "")))
    found = [
        (len(line), place)
        for line in (block.text.rstrip(" .") for block in page[:HEAD])
        if SHORTEST_TITLE <= len(line) <= LONGEST_TITLE
        and LEAST_AUTHORS < (place := text.find(line)) <= last
        and words(line) not in (journal, title)
        and not (place < first and parse_authors(line))
    ]
    if not found or journal[: len(title)] == title:
        return None
    length, place = max(found)
    return place, place + length


def fill_from_citation(draft: Draft) -> None:
    """Journal, volume, issue, pages, year and DOI where the text gave none; the rest of the line is set aside."""
    if draft.citation is None:
        return
    article, item = draft.article, draft.citation.item
    taken: list[str] = []

    def fill(name: str, value: str) -> None:
        if value and not getattr(article, name):
            setattr(article, name, value)
            taken.append(value)

    if item.get("container-title"):
        _fill_journal(draft, str(item["container-title"]), taken)
    fill("volume", str(item.get("volume", "")))
    fill("issue", str(item.get("issue", "")))
    _fill_pages(draft, str(item.get("page", "")), taken)
    doi = item.get("DOI") or ((found := DOI.search(draft.citation.text)) and found.group())
    if doi and "doi" not in article.ids:
        article.ids["doi"] = doi
        taken.append(doi)
    _fill_year(draft, taken)
    _fill_title(draft, taken)
    if any(finding.code == "authors-from-citation" for finding in draft.findings):
        taken += [part for name in draft.cited_names() for part in (name.given, name.family)]
    draft.drop_rest(draft.citation.line or 0, draft.citation.text, taken, SELF_CITATION)


def _fill_journal(draft: Draft, cited: str, taken: list[str]) -> None:
    journal = draft.article.journal
    if journal.title and words(journal.title) != words(cited):
        if _abbreviates(cited, journal.title) or not draft.is_page:
            return
        line = draft.citation.line if draft.citation else None
        draft.note("journal-differs", f"the site says {journal.title!r}, the citation {cited!r}", line)
        draft.set_aside_line(journal.title, "name of the site")
        journal.title = ""
    if not journal.title:
        journal.title = cited
        taken.append(cited)
    elif journal.title.isupper() and not cited.isupper():
        draft.set_aside_line(journal.title, "name of the journal in capitals")
        journal.title = cited
        taken.append(cited)


def _abbreviates(short: str, long: str) -> bool:
    """Each word of `short` begins a word of `long`, in order."""
    remaining = iter(words(long))
    return all(any(whole.startswith(part) for whole in remaining) for part in words(short))


def _fill_title(draft: Draft, taken: list[str]) -> None:
    """A title that stands nowhere else."""
    cited = draft.cited_title()
    if draft.article.title is None and cited:
        draft.article.title = Title(make("article-title", cited))
        line = draft.citation.line if draft.citation else None
        draft.note("title-from-citation", "the title stands only in the article's own citation", line)
        taken.append(cited)
    elif draft.article.title is not None and draft.article.title.subtitle is None:
        _fill_subtitle(draft, draft.article.title, cited, taken)
    if draft.article.title is None:
        draft.note("no-title", "no title was found; give it in NAME.toml", None)


def _fill_subtitle(draft: Draft, title: Title, cited: str, taken: list[str]) -> None:
    """`Title: Subtitle` in the citation, where the page has the title alone."""
    own = " ".join(text_of(title.content).split())
    rest = SUBTITLE.match(cited[len(own) :]) if cited.casefold().startswith(own.casefold()) else None
    if rest is not None:
        title.subtitle = make("subtitle", rest["subtitle"])
        line = draft.citation.line if draft.citation else None
        draft.note("subtitle-from-citation", "the subtitle stands only in the article's own citation", line)
        taken.append(rest["subtitle"])


def _fill_pages(draft: Draft, pages: str, taken: list[str]) -> None:
    first, _, last = re.sub(r"\s*[-–—]+\s*", "-", pages).partition("-")
    if not first or draft.article.fpage or draft.article.elocation_id:
        return
    taken += [first, last] if last == _in_full(first, last) else [first]
    if last or first.isdigit():
        draft.article.fpage, draft.article.lpage = first, _in_full(first, last)
    else:
        draft.article.elocation_id = first


def _in_full(first: str, last: str) -> str:
    """`36` in `229-36` as `236`."""
    short = first.isdecimal() and last.isdecimal() and len(last) < len(first)
    return first[: len(first) - len(last)] + last if short else last


def _fill_year(draft: Draft, taken: list[str]) -> None:
    """The year of the citation is that of the issue; a site prints the day it went online."""
    issued = draft.citation.item.get("issued", {}).get("date-parts", []) if draft.citation else []
    cited = issued[0][0] if issued and issued[0] else None
    if not isinstance(cited, int):
        return
    published = next((date for date in draft.article.dates if date.type == "pub"), None)
    if published is None:
        draft.article.dates.append(Date("pub", cited))
        taken.append(str(cited))
    elif published.year != cited:
        line = draft.citation.line if draft.citation else None
        draft.note("year-differs", f"published {published.year}, but the citation says {cited}", line)
