"""The lines before the abstract: what is the title, who are the authors, and what the site or the journal prints."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline import language
from pipeline.article import Block, Date, Title
from pipeline.elements import make, rename
from pipeline.structure import headings, history, issues, labels
from pipeline.structure.affiliations import EMAIL, looks_like_affiliation, split_label
from pipeline.structure.authors import parse_authors
from pipeline.structure.draft import Draft, Zone
from pipeline.structure.licenses import AROUND, is_license
from pipeline.structure.names import folded, match_name
from pipeline.structure.people import ORCID, is_correspondence, is_inline, split_pairs
from pipeline.words import words

DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+[^\s\"<>.,;:)\]}'’”]")
DOI_LINE = re.compile(r"(?:doi\s?[:：]?\s*)?(?:https?://\S*?)?(?=10\.\d{4,9}/)\S+", re.IGNORECASE)
URL_LINE = re.compile(
    r"(?:(?:url|available at|disponível em|disponible en)\s?:\s?)?(?:https?://|www\.)\S+", re.IGNORECASE
)
ISSN = re.compile(r"(?:e-?|p-?)?issn", re.IGNORECASE)
INITIAL = re.compile(r"(?<![^\W\d_])[^\W\d_a-z]\.")
CODE_LINE = re.compile(r"(?P<label>УДК|ББК|UDC|UDK|JEL|MSC|PACS)\s+(?=[\dA-Z])")
DATED = re.compile(r"\(?dated:", re.IGNORECASE)
SHORT_LINE = 60
LONGEST_TITLE = 400
TITLE, SUBTITLE, DATE, PEOPLE = "title", "subtitle", "date", ("author", "affiliation")
SAME_WORDS = 6
LEAST_QUOTED = 4
LEAST_HEAD = 3
LONGEST_SITE = 150


def read_head(draft: Draft) -> None:
    """Sort the lines of the head: title and authors go into the article, facts are read, the rest is set aside."""
    found = [block for zone in draft.take("head") for block in zone.blocks]
    blocks = [part for block, after in pairwise([*found, None]) if block for part in _unjoined(block, after)]
    blocks = _after_journal(draft, _after_breadcrumb(draft, blocks))
    left = [block for block in blocks if not _read_fact(draft, block)]
    title = None if draft.is_stated else _find_title(draft, left)
    if title is None:
        people = [block for block in left if not _is_around(draft, block)]
        draft.drop([block for block in left if _is_around(draft, block)], AROUND)
    else:
        before = left[:title] if _are_authors(left[:1]) and title else []
        draft.drop(left[len(before) : title], AROUND)
        people = [*before, *_read_titles(draft, left, title)]
    draft.zones.insert(0, Zone("authors", blocks=people))


def read_other_heads(draft: Draft) -> None:
    """Title, authors and affiliations once more, before an abstract in another language: the title is kept as such."""
    for zone in draft.take("other_head"):
        for block in zone.blocks:
            text = block.text
            named = parse_authors(text) or is_inline(text) or split_label(text)[0] or "@" in text
            if named or (looks_like_affiliation(text) and "," in text) or _read_fact(draft, block):
                draft.drop(
                    [block] if named or looks_like_affiliation(text) else [], "authors once more, in another language"
                )
            else:
                tag = language.detect(text) or language.script_language(text)
                draft.article.translated_titles.append(Title(make("trans-title", text), lang=tag))


def _unjoined(block: Block, following: Block | None) -> list[Block]:
    """A title or an affiliation whose last line was as long as the page is wide, and authors: two blocks joined."""
    for offset in block.hints.breaks:
        one, other = block.text[:offset].rstrip(), block.text[offset:].strip()
        authors = parse_authors(other)
        after_title = not (split_label(one)[0] or looks_like_affiliation(one))
        has_marks = any(author.marks for author in authors)
        marked = has_marks or (after_title and (len(authors) > 1 or is_inline(other)))
        named = len(authors) == 1 and following is not None and _is_unmarked_place(following.text)
        marked = marked or (named and len(other.split()) <= LEAST_QUOTED)
        are_authors = marked and not parse_authors(block.text) and not is_inline(block.text)
        if are_authors or (parse_authors(one) and split_label(other)[0] and looks_like_affiliation(other)):
            later = tuple(each - offset for each in block.hints.breaks if each > offset)
            first = replace(block, content=make("p", one), hints=replace(block.hints, breaks=()))
            second = replace(
                block, content=make("p", other), hints=replace(block.hints, breaks=later, blank_lines_before=0)
            )
            return [first, *_unjoined(second, following)]
    return [block]


def _after_breadcrumb(draft: Draft, blocks: list[Block]) -> list[Block]:
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


def _is_unmarked_place(text: str) -> bool:
    return looks_like_affiliation(text) and not split_label(text)[0]


def _line_by_line(blocks: Sequence[Block]) -> tuple[int, int]:
    """Where a breadcrumb with a line for each part begins and ends: home, archives, the issue, perhaps a section."""
    named = [n for n, block in enumerate(blocks) if any(char.isalnum() for char in block.text)]
    for home, archives, issue in zip(named, named[1:], named[2:], strict=False):
        found = issues.is_home(blocks[home].text) and issues.is_archives(blocks[archives].text)
        if found and issues.read_issue(blocks[issue].text):
            after = next((n for n in named if n > issue), issue)
            return home, after + 1 if issues.article_type(blocks[after].text) else issue + 1
    return 0, 0


def _after_journal(draft: Draft, blocks: list[Block]) -> list[Block]:
    """A first line before one that says the issue and no journal is the journal's name, where a title follows."""
    if draft.article.journal.title or draft.is_page or len(blocks) < LEAST_HEAD:
        return blocks
    name, after = blocks[0].text, blocks[1].text
    issue = None if DOI.search(after) or issues.read_issue(name) else issues.read_issue(after)
    if issue is None or issue.journal or len(name) > LONGEST_SITE or blocks[0].hints.marker or _are_authors(blocks[:1]):
        return blocks
    draft.article.journal.title = name
    return blocks[1:]


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


def _read_fact(draft: Draft, block: Block) -> bool:
    """Whether a line is read as something else than title, author or affiliation."""
    text = block.text
    if block.hints.style == DATE:
        draft.drop([block], "date of the manuscript")
    elif (code := CODE_LINE.match(text)) and len(text) < SHORT_LINE:
        value = replace(block, content=make("p", text[code.end() :]))
        draft.zones.append(Zone("keywords", code["label"], block.line, [value]))
    elif DATED.match(text) and len(text) < SHORT_LINE:
        draft.drop([block], "date of the manuscript")
    elif DOI_LINE.fullmatch(text) and (found := DOI.search(text)):
        new = draft.article.ids.setdefault("doi", found.group()) == found.group()
        draft.drop_rest(block.line, text, [found.group()] if new else [], "address of the DOI")
    elif (URL_LINE.fullmatch(text) and not ORCID.search(text)) or issues.is_navigation(text):
        draft.drop([block], AROUND)
    elif history.is_history(text):
        history.read_lines(draft, [block])
    elif is_license(text):
        draft.zones.append(Zone("license", blocks=[block]))
    elif _is_issue_line(draft, block):
        issue = issues.read_issue(text)
        taken = take_issue(draft, issue) if issue else []
        doi = DOI.search(text)
        if doi and "doi" not in draft.article.ids:
            draft.article.ids["doi"] = doi.group()
            taken.append(doi.group())
        draft.drop_rest(block.line, text, taken, "issue line of the page")
    elif (kind := issues.article_type(text)) is not None:
        draft.article.type = kind
        if text in draft.article.subjects:
            draft.drop([block], AROUND)
        else:
            draft.article.subjects.append(text)
    else:
        return False
    return True


def _is_issue_line(draft: Draft, block: Block) -> bool:
    text = block.text
    if ISSN.match(text) and len(text) < 120:
        return True
    if block.hints.marker or (looks_like_affiliation(text) and not issues.read_issue(text)):
        return False
    return issues.read_issue(text) is not None and words(text) != words(draft.cited_title())


def _find_title(draft: Draft, blocks: Sequence[Block]) -> int | None:
    """The place of the title: the line the citation repeats, else the first line that could be one."""
    styled = next((place for place, block in enumerate(blocks) if block.hints.style == TITLE), None)
    if styled is not None:
        return styled
    cited = words(draft.cited_title())
    if cited:
        same = [
            place
            for place, block in enumerate(blocks)
            if _same_title(words(block.text), cited)
            or (place + 1 < len(blocks) and is_cited_title(draft, f"{block.text} {blocks[place + 1].text}"))
        ]
        return same[0] if same else _quoted(draft, blocks)
    possible = [place for place, block in enumerate(blocks) if _could_be_title(block)]
    if possible[:1] == [0] and _are_authors(blocks[:1]):
        after = [place for place in possible if _is_apart(blocks[place])]
        return after[0] if after else 0
    return possible[0] if possible else None


def _could_be_title(block: Block) -> bool:
    """A paragraph of some length that is not marked as the heading of a known section."""
    if block.content.tag != "p" or (block.hints.level is not None and headings.known(block.text)[0]):
        return False
    return block.hints.marker is None and 3 <= len(block.text) <= LONGEST_TITLE and "@" not in block.text


def _are_authors(blocks: Sequence[Block]) -> bool:
    """A first line of names that are surely names: with initials or marks, in capitals, or parted by slashes."""
    authors = parse_authors(blocks[0].text) if blocks else []
    return bool(authors) and (
        all(author.marks or INITIAL.search(author.text) or _has_capitals(author.text) for author in authors)
        or " / " in blocks[0].text
    )


def _has_capitals(name: str) -> bool:
    """`Marie L'HERMITTE`: the family name, and it alone, in capitals."""
    words = [word for word in name.split() if len(word) > 2]
    return len(words) > 1 and words[-1].isupper() and not words[0].isupper()


def _is_apart(block: Block) -> bool:
    """What is neither names nor an affiliation nor an address, and of some words."""
    text = block.text
    return (
        len(text.split()) >= LEAST_QUOTED
        and not parse_authors(text)
        and not split_label(text)[0]
        and not is_correspondence(text)
        and not (looks_like_affiliation(text) and text.count(",") > 0)
    )


def _quoted(draft: Draft, blocks: Sequence[Block]) -> int | None:
    """The longest line that the citation has word for word, where its title was read otherwise."""
    whole = f" {' '.join(words(draft.citation.text))} " if draft.citation else ""
    found = [
        (len(block.text), -place)
        for place, block in enumerate(blocks)
        if len(words(block.text)) >= LEAST_QUOTED
        and f" {' '.join(words(block.text))} " in whole
        and not parse_authors(block.text)
    ]
    return -max(found)[1] if found else None


def is_cited_title(draft: Draft, text: str) -> bool:
    """Whether the citation's title begins with the words of `text`."""
    mine, cited = words(text), words(draft.cited_title())
    return bool(mine) and cited[: len(mine)] == mine


def _same_title(mine: list[str], cited: list[str]) -> bool:
    """The same words, or their beginning: a subtitle may stand on the next line."""
    return bool(mine) and (
        mine[:SAME_WORDS] == cited[:SAME_WORDS]
        if len(mine) >= SAME_WORDS
        else mine == cited[: len(mine)] and len(mine) * 3 >= len(cited)
    )


def _is_around(draft: Draft, block: Block) -> bool:
    """A line without a name, an affiliation or an address, on a page without a title before its authors."""
    text = block.text
    return not (
        block.hints.marker
        or looks_like_affiliation(text)
        or parse_authors(text)
        or EMAIL.search(text)
        or ORCID.search(text)
        or _begins_with_cited(draft, text)
        or is_correspondence(text)
    )


def _begins_with_cited(draft: Draft, text: str) -> bool:
    tokens = [token.strip(",;") for token in text.split()[:12]]
    return any(match_name(tokens, name) for name in draft.cited_names())


def _read_titles(draft: Draft, blocks: Sequence[Block], place: int) -> list[Block]:
    """Read title, subtitle and titles in other languages; the blocks of the authors are left."""
    title = blocks[place]
    draft.article.title = Title(rename(title.content, "article-title"))
    after = place + 1
    while after < len(blocks) and (
        is_cited_title(draft, f"{title.text} {blocks[after].text}")
        or not _is_of_people(draft, blocks[after], blocks[after + 1 :])
    ):
        block = blocks[after]
        if words(block.text) == words(title.text):
            draft.drop([block], "the title once more")
        elif _is_subtitle(draft, title, block):
            draft.article.title.subtitle = make("subtitle", block.text)
        elif len(block.text) > LONGEST_TITLE or (
            draft.is_page and len(block.text) < 25 and not _is_translation(draft, block)
        ):
            draft.drop([block], AROUND)
        else:
            tag = language.detect(block.text) or language.script_language(block.text)
            draft.article.translated_titles.append(
                Title(make("trans-title", block.text), lang=tag if tag != draft.lang else None)
            )
        after += 1
    people = []
    for block in blocks[after:]:
        if words(block.text) == words(title.text):
            draft.drop([block], "the title once more")
        else:
            people.append(block)
    return people


def _is_of_people(draft: Draft, block: Block, after: Sequence[Block]) -> bool:
    text = block.text
    if block.hints.style in PEOPLE:
        return True
    if (
        block.hints.marker is not None
        or _begins_with_cited(draft, text)
        or EMAIL.search(text)
        or is_correspondence(text)
    ):
        return True
    if is_inline(text) or split_pairs(text):
        return True
    if parse_authors(text.strip(" +−"), letters=any(split_label(each.text)[0] == "a" for each in after[:6])):
        return True
    return (
        looks_like_affiliation(text)
        and (bool(split_label(text)[0]) or len(text.split(",")) > 2)
        and not _more_authors(after)
    )


def _more_authors(after: Sequence[Block]) -> bool:
    return any(parse_authors(block.text) for block in after[:3])


def _is_subtitle(draft: Draft, title: Block, block: Block) -> bool:
    cited = draft.cited_title()
    if draft.article.title is None or draft.article.title.subtitle is not None:
        return False
    if block.hints.style == SUBTITLE or (cited and words(f"{title.text} {block.text}") == words(cited)):
        return True
    if title.text.rstrip().endswith(":"):
        return True
    if cited and words(cited) == words(title.text):
        return (
            draft.is_page
            and not _is_translation(draft, block)
            and len(block.text) > 12
            and folded(block.text) not in folded(cited)
        )
    tag = language.detect(block.text)
    return tag is not None and tag == language.detect(title.text, draft.lang) and not block.hints.blank_lines_before


def _is_translation(draft: Draft, block: Block) -> bool:
    tag = language.detect(block.text) or language.script_language(block.text)
    return tag is not None and tag != draft.lang
