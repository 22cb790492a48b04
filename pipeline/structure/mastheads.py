"""What a site or a journal prints above an article: breadcrumb, name, issue, DOI, dates, kind of article."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.article import Block, Date
from pipeline.elements import make
from pipeline.structure import history, issues, labels
from pipeline.structure.affiliations import looks_like_affiliation
from pipeline.structure.author_lines import ORCID
from pipeline.structure.dates import only_date
from pipeline.structure.draft import Draft, Zone
from pipeline.structure.licenses import AROUND, is_license
from pipeline.structure.titles import are_authors, is_apart
from pipeline.words import words

DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+[^\s\"<>.,;:)\]}'’”]")
DOI_LINE = re.compile(r"(?:doi\s?[:：]?\s*)?(?:https?://\S*?)?(?=10\.\d{4,9}/)\S+", re.IGNORECASE)
URL_LINE = re.compile(
    r"(?:(?:ur[li]|permalink|available at|disponível em|disponible en)\s?:?\s?)?(?:https?://|www\.)\S+", re.IGNORECASE
)
ISSN = re.compile(r"(?:(?:e|p|online|print|electronic|en línea|impresso|impreso|digital)[\s-]?)?issn", re.IGNORECASE)
CODE_LINE = re.compile(r"(?P<label>УДК|ББК|UDC|UDK|JEL|MSC|PACS)\s+(?=[\dA-Z])")
LABELLED_DATE = re.compile(r"[^\d:：]{2,40}[:：]\s*(?P<date>\S.{0,40})")
NUMBERED_DATE = re.compile(r"[^\W\d_][^\d:：]{1,38}\s(?P<date>\d{1,4}[-./]\d{1,2}[-./]\d{1,4})")
DATED = re.compile(r"\(?dated:", re.IGNORECASE)
DATE = "date"
SHORT_LINE = 60
MOST_MENU = 10
LABEL = 20
LEAST_HEAD = 3
LONGEST_SITE = 150


def after_breadcrumb(draft: Draft, blocks: list[Block]) -> list[Block]:
    """What a site prints before `Home / Archives / …` is its name and its menus."""
    place = next((n for n, block in enumerate(blocks) if issues.is_breadcrumb(block.text)), None)
    if place is None:
        place, end = _line_by_line(blocks)
        parts = [block.text for block in blocks[place:end]]
        if not parts:
            return blocks
    else:
        end = place + 1
        parts = issues.breadcrumb_parts(blocks[place].text)
        while end < len(blocks) and blocks[end - 1].text.rstrip().endswith(("/", ">", "»", "›")):
            parts += issues.breadcrumb_parts(blocks[end].text)
            end += 1
    for block in blocks[:place]:
        if not draft.article.journal.title and _could_be_site(block.text):
            draft.article.journal.title = block.text
        else:
            draft.drop([block], "navigation of the site")
    taken: list[str] = []
    for part in parts:
        if found := issues.read_issue(part):
            taken += take_issue(draft, found)
    text = " ".join(block.text for block in blocks[place:end])
    draft.drop_rest(blocks[place].line, text, taken, "navigation of the site")
    return blocks[end:]


def _line_by_line(blocks: Sequence[Block]) -> tuple[int, int]:
    """Where a breadcrumb with a line for each part begins and ends: home, archives, the issue, perhaps a section."""
    named = [n for n, block in enumerate(blocks) if any(char.isalnum() for char in block.text)]
    for home, archives, issue in zip(named, named[1:], named[2:], strict=False):
        found = issues.is_home(blocks[home].text) and issues.is_archives(blocks[archives].text)
        if found and issues.read_issue(blocks[issue].text):
            after = next((n for n in named if n > issue), issue)
            return home, after + 1 if issues.article_type(blocks[after].text) else issue + 1
    return 0, 0


def after_journal(draft: Draft, blocks: list[Block]) -> list[Block]:
    """A first line before one that says the issue and no journal is the journal's name, where a title follows."""
    if draft.article.journal.title or draft.cited_title() or len(blocks) < LEAST_HEAD:
        return blocks
    if place := _behind_menu(blocks):
        found = issues.read_issue(blocks[place].text)
        issn = next((n for n in range(1, place) if ISSN.search(blocks[n].text[:LABEL])), place)
        if issn == place and found is not None and found.journal:
            draft.drop(blocks[:place], "navigation of the site")
            return blocks[place:]
        draft.article.journal.title = blocks[issn - 1].text
        facts = [n for n in range(issn, place) if ISSN.search(blocks[n].text[:LABEL])]
        draft.drop([blocks[n] for n in range(place) if n != issn - 1 and n not in facts], "navigation of the site")
        return [*(blocks[n] for n in facts), *blocks[place:]]
    if draft.is_page and not is_apart(blocks[2]):
        return blocks
    name, after = blocks[0].text, blocks[1].text
    issue = None if DOI.search(after) or issues.read_issue(name) else issues.read_issue(after)
    if issue is None or issue.journal or len(name) > LONGEST_SITE or blocks[0].hints.marker or are_authors(blocks[:1]):
        return blocks
    draft.article.journal.title = name
    return blocks[1:]


def _behind_menu(blocks: Sequence[Block]) -> int:
    """The place of the line that says the issue, where a site's short lines stand before it and a title after it."""
    head = blocks[:MOST_MENU]
    place = next((n for n, block in enumerate(head) if n > 1 and issues.read_issue(block.text)), 0)
    menu = all(len(block.text) <= SHORT_LINE and not block.hints.marker for block in head[:place])
    after = [block for block in blocks[place + 1 : place + 5] if not _is_fact(block.text)]
    longest = max((len(block.text) for block in head[:place]), default=0)
    titled = bool(after) and is_apart(after[0]) and len(after[0].text) > longest
    return place if place and menu and titled and not are_authors(blocks[:1]) else 0


def after_menu(draft: Draft, blocks: list[Block]) -> list[Block]:
    """A first line with two lines of a menu right after it is the name of the site."""
    menu = [issues.is_navigation(block.text) for block in blocks[1:LEAST_HEAD]]
    if draft.article.journal.title or len(menu) < 2 or not all(menu) or not _could_be_site(blocks[0].text):
        return blocks
    draft.article.journal.title = blocks[0].text
    return blocks[1:]


def _is_fact(text: str) -> bool:
    address = DOI_LINE.fullmatch(text) or URL_LINE.fullmatch(text) or ISSN.match(text)
    return issues.article_type(text) is not None or address is not None


def after_kind(draft: Draft, blocks: list[Block]) -> list[Block]:
    """Where the kind of article stands right before what could be its title, short lines before it are the site's.

    One such line alone is the name of the journal.
    """
    if draft.cited_title():
        return blocks
    kinds = (n for n, block in enumerate(blocks[:MOST_MENU]) if issues.article_type(block.text) is not None)
    place = next(kinds, 0)
    titled = any(is_apart(block) for block in blocks[place + 1 : place + 2])
    before = [n for n in range(place) if not _is_fact(blocks[n].text) and issues.read_issue(blocks[n].text) is None]
    if not titled or not before or any(len(blocks[n].text) > SHORT_LINE or blocks[n].hints.marker for n in before):
        return blocks
    named = draft.article.journal.title or any(map(_names_journal, blocks[:place]))
    if len(before) == 1 and not named:
        draft.article.journal.title = blocks[before[0]].text
    else:
        draft.drop([blocks[n] for n in before], "navigation of the site")
    return [block for n, block in enumerate(blocks) if n not in before]


def _names_journal(block: Block) -> bool:
    found = issues.read_issue(block.text)
    return found is not None and found.journal != ""


def _could_be_site(text: str) -> bool:
    """The name of a site, no menu and no skip links."""
    return len(text) < LONGEST_SITE and not (issues.is_navigation(text) or labels.begins_menu(text))


def take_issue(draft: Draft, found: issues.Issue) -> list[str]:
    """Give the article the facts it lacks; the strings that were taken."""
    article, taken = draft.article, []
    for name, value in (
        ("volume", found.volume),
        ("issue", found.issue),
        ("fpage", found.fpage),
        ("lpage", found.lpage),
        ("elocation_id", found.elocation),
    ):
        if value and not getattr(article, name):
            setattr(article, name, value)
            taken.append(value)
    if found.journal and not article.journal.title:
        article.journal.title = found.journal
        taken.append(found.journal)
    published = next((date for date in article.dates if date.type == "pub"), None)
    if found.year and published is None:
        article.dates.append(Date("pub", int(found.year)))
        taken.append(found.year)
    elif found.year and published is not None and published.year != int(found.year):
        draft.note("year-differs", f"published {published.year}, but the issue is of {found.year}", None)
    return taken


def read_fact(draft: Draft, block: Block) -> bool:
    """Whether a line is read as something else than title, author or affiliation."""
    text = block.text
    if block.hints.style == DATE or (DATED.match(text) and len(text) < SHORT_LINE):
        draft.drop([block], "date of the manuscript")
    elif (code := CODE_LINE.match(text)) and len(text) < SHORT_LINE:
        value = replace(block, content=make("p", text[code.end() :]))
        draft.zones.append(Zone("keywords", code["label"], block.line, [value]))
    elif DOI_LINE.fullmatch(text) and (found := DOI.search(text)):
        new = draft.article.ids.setdefault("doi", found.group()) == found.group()
        draft.drop_rest(block.line, text, [found.group()] if new else [], "address of the DOI")
    elif (URL_LINE.fullmatch(text) and not ORCID.search(text)) or issues.is_navigation(text):
        draft.drop([block], AROUND)
    elif history.is_history(text):
        history.read_lines(draft, [block])
    elif is_license(text):
        draft.zones.append(Zone("license", blocks=[block]))
    elif draft.is_page and (date := only_date(text)):
        draft.drop_rest(block.line, text, history.take(draft, "pub", date), "date of the page")
    elif _is_issue_line(draft, block):
        _take_issue_line(draft, block)
    elif (kind := issues.article_type(text)) is not None:
        draft.article.type = kind
        if text in draft.article.subjects:
            draft.drop([block], AROUND)
        else:
            draft.article.subjects.append(text)
    else:
        return _read_labelled(draft, block)
    return True


def _read_labelled(draft: Draft, block: Block) -> bool:
    """`str. 145-168`, `Type: research article`, `Full text: PDF`, `Diffusion: 5 June 2020`, `Downloads: 633`."""
    text, article = block.text, draft.article
    start = labels.at_start(text)
    dated = LABELLED_DATE.fullmatch(text) or (NUMBERED_DATE.fullmatch(text) if draft.is_page else None)
    if (pages := issues.PAGES.fullmatch(text)) is not None:
        article.fpage, article.lpage = article.fpage or pages["first"], article.lpage or pages["last"]
        draft.drop_rest(block.line, text, [article.fpage, article.lpage], "label of the pages")
    elif start is not None and start[0].role == "section" and issues.article_type(start[1]):
        article.type = issues.article_type(start[1]) or article.type
        article.subjects.append(start[1])
        draft.drop_rest(block.line, text, [start[1]], "label of the page")
    elif (start is not None and start[0].role == "downloads") or issues.is_statistics(text):
        draft.drop([block], AROUND)
    elif dated is not None and only_date(dated["date"]):
        draft.drop([block], "date of the page")
    else:
        return False
    return True


def _take_issue_line(draft: Draft, block: Block) -> None:
    issue, doi = issues.read_issue(block.text), DOI.search(block.text)
    taken = take_issue(draft, issue) if issue else []
    if doi and "doi" not in draft.article.ids:
        draft.article.ids["doi"] = doi.group()
        taken.append(doi.group())
    draft.drop_rest(block.line, block.text, taken, "issue line of the page")


def _is_issue_line(draft: Draft, block: Block) -> bool:
    text = block.text
    if ISSN.match(text) and len(text) < 120:
        return True
    if block.hints.marker or (looks_like_affiliation(text) and not issues.read_issue(text)):
        return False
    return issues.read_issue(text) is not None and words(text) != words(draft.cited_title())
