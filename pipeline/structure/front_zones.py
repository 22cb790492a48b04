"""What no label announces: the head, an abstract, keywords, references, told apart by shape and place."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.article import Block
from pipeline.structure import headings, history, issues
from pipeline.structure.abstracts import abstract_length, part_label
from pipeline.structure.affiliations import has_country, looks_like_affiliation, split_label
from pipeline.structure.author_lines import is_correspondence
from pipeline.structure.authors import parse_authors
from pipeline.structure.cited_people import is_cited
from pipeline.structure.draft import Draft, Zone
from pipeline.structure.keywords import LABEL
from pipeline.structure.licenses import is_license
from pipeline.structure.mastheads import ISSN
from pipeline.structure.names import folded, match_name
from pipeline.structure.shapes import (
    YEAR,
    looks_like_abstract,
    looks_like_keywords,
    looks_like_reference,
    looks_like_short_abstract,
)
from pipeline.structure.titles import is_cited_title
from pipeline.structure.unknown_labels import is_label_alone, take_label, without_labels
from pipeline.structure.zones import BODY, LOOSE, REFERENCES

AFTER = {"license", "furniture", "issue", "section", "biographies", "published"}
LONGEST_LABEL = 60
MOST_UNLABELLED = 3
LONG = 200
OPENING = 9
MOST_IN_HEAD = 12
MOST_KEYWORD_WORDS = 6
AHEAD = 10
LICENSE_LINE = 300
LONGEST_ENTRY = 600


def settle_zones(draft: Draft) -> None:
    """Give every loose zone a role: `head`, `abstract`, `keywords`, `body`, `references`, `license` or `around`."""
    draft.zones = [part for zone in draft.zones for part in _split_abstract(draft, zone)]
    if draft.is_page:
        _settle_page(draft)
    elif draft.is_stated:
        _settle_stated(draft)
    else:
        _settle_article(draft)


def _split_abstract(draft: Draft, zone: Zone) -> list[Zone]:
    """An abstract ends where its paragraphs do, even where no label follows."""
    if zone.role != "abstract":
        return [zone]
    place = next(n for n, each in enumerate(draft.zones) if each is zone)
    following = draft.zones[place + 1].role if place + 1 < len(draft.zones) else ""
    closed = draft.is_page or following in ("keywords", "abstract", "received", "accepted")
    if zone.blocks and zone.blocks[-1].hints.style == "abstract":
        return [zone]
    length = next(
        (n for n in range(len(zone.blocks)) if _references_begin(zone.blocks[n : n + AHEAD])), len(zone.blocks)
    )
    length = min(length, _section_length(zone) if zone.is_section else abstract_length(zone.blocks, closed))
    length = without_labels(zone.blocks[:length]) if draft.is_page else length
    if length == len(zone.blocks):
        return [zone]
    return [
        replace(zone, blocks=zone.blocks[:length]),
        Zone(LOOSE, blocks=zone.blocks[length:]),
    ]


def _section_length(zone: Zone) -> int:
    """Up to the next heading that is no part of an abstract."""
    levels = [each.hints.level for each in zone.blocks]
    return next((n for n, level in enumerate(levels) if level is not None and level <= zone.level), len(levels))


def _settle_stated(draft: Draft) -> None:
    """Where title and authors are stated elsewhere, what has no label of the front matter is the body."""
    for zone in draft.zones:
        if zone.role == LOOSE:
            zone.role = BODY
    draft.zones = _references_of_body(draft.zones)


def _settle_page(draft: Draft) -> None:
    zones: list[Zone] = []
    seen = {zone.role for zone in draft.zones if zone.role in ("keywords", "authors") and zone.blocks}
    early = True
    has_abstract = any(zone.role == "abstract" and zone.blocks for zone in draft.zones)
    listed = any(zone.role == REFERENCES and zone.blocks for zone in draft.zones)
    for zone in [part for each in draft.zones for part in _parted(each, listed)]:
        if zone.role != LOOSE:
            early = early and zone.role not in ("abstract", REFERENCES)
            zones.append(zone)
            continue
        in_references = False
        for place, block in enumerate(zone.blocks):
            in_references = in_references or (
                not (early and "abstract" not in seen and (place == 0 or is_cited_title(draft, block.text)))
                and _references_begin(zone.blocks[place : place + AHEAD])
                and not issues.is_issue_line(block.text)
            )
            begun = any(each.role not in ("furniture", "caption") for each in zones)
            role = REFERENCES if in_references else _page_role(draft, block, early, begun, seen, has_abstract)
            if role in ("abstract", "keywords"):
                if role not in seen and (label := take_label(draft, zones)) is not None:
                    zones.append(Zone(role, label.text, label.line, [block]))
                    seen.add(role)
                    early = False if role == "abstract" else early
                    continue
                seen.add(role)
                early = False if role == "abstract" else early
            if role == "head" and zones and zones[-1].role == "abstract" and "abstract" not in seen:
                role = "around"
            _extend(zones, role, block)
    draft.zones = [part for zone in zones for part in _without_license(zone)]


def _parted(zone: Zone, listed: bool) -> list[Zone]:
    """A zone without what is none of it; references behind an unknown label, where none are `listed`."""
    if listed or zone.role not in AFTER:
        return _without_license(zone)
    start = next((n for n in range(len(zone.blocks)) if _references_begin(zone.blocks[n : n + AHEAD])), 0)
    if not start:
        return _without_license(zone)
    label = zone.blocks[start - 1]
    named = len(label.text) <= LONGEST_LABEL and not YEAR.search(label.text) and not is_license(label.text)
    references = Zone(REFERENCES, label.text if named else "", label.line, zone.blocks[start:])
    return [replace(zone, blocks=zone.blocks[: start - named]), *_without_license(references)]


def _without_license(zone: Zone) -> list[Zone]:
    """Licence lines and those of the site after the last reference are none."""
    end = len(zone.blocks)
    while zone.role == REFERENCES and end > 1 and _is_of_site(zone.blocks[end - 1].text):
        end -= 1
    if end == len(zone.blocks):
        return [zone]
    return [replace(zone, blocks=zone.blocks[:end]), Zone("license", blocks=zone.blocks[end:])]


def _is_of_site(text: str) -> bool:
    return is_license(text) or issues.is_navigation(text) or is_label_alone(text)


def _page_role(draft: Draft, block: Block, early: bool, begun: bool, seen: set[str], has_abstract: bool) -> str:
    """`early`: before the abstract; `begun`: some line of the head stands before, as no page begins with keywords."""
    text = block.text
    if is_license(text):
        return "license"
    if ISSN.match(text) and len(text) < LONGEST_LABEL:
        return "around"
    named = any(match_name([token.strip(",;") for token in text.split()[:12]], name) for name in draft.cited_names())
    if early:
        if begun and not named and _is_bulleted_keyword(draft, block):
            return "keywords"
        if (
            begun
            and "keywords" not in seen
            and not named
            and block.hints.marker is None
            and not is_cited_title(draft, text)
            and _is_keyword_list(draft, text, early)
        ):
            return "keywords"
        if (
            not named
            and block.hints.marker is None
            and not has_abstract
            and (looks_like_abstract(text) or _is_part(text) or (begun and _is_short_abstract(text)))
        ):
            return "abstract"
        return "head"
    if "keywords" not in seen and block.hints.marker is None and _is_keyword_list(draft, text, early):
        return "keywords"
    if "abstract" in seen and not has_abstract and (looks_like_abstract(text) or part_label(text) or len(text) >= LONG):
        return "abstract"
    return "around" if len(text) < LONG else BODY


def _is_bulleted_keyword(draft: Draft, block: Block) -> bool:
    """A bullet on a page that does not begin with them, with a few words that are none of the cited authors."""
    bullets = block.hints.marker is not None and draft.blocks[0].hints.marker is None
    few = len(block.text.split()) <= MOST_KEYWORD_WORDS and not looks_like_affiliation(block.text)
    return bullets and few and bool(draft.cited_names()) and not is_cited(draft, block.text)


def _is_short_abstract(text: str) -> bool:
    return looks_like_short_abstract(text) and not (looks_like_reference(text) or is_correspondence(text))


def _is_keyword_list(draft: Draft, text: str, early: bool) -> bool:
    """A list that is nothing else: no menu, no issue line, no affiliation, no authors."""
    if (
        not looks_like_keywords(text)
        or issues.is_breadcrumb(text)
        or issues.read_issue(text)
        or issues.is_navigation(text)
    ):
        return False
    return not (_is_place(draft, text, early) or _is_author_list(draft, text))


def _is_place(draft: Draft, text: str, early: bool) -> bool:
    """An affiliation; after bulleted authors and after the abstract a country alone, or an institution alone, makes
    none of a list.
    """
    institution = any(looks_like_affiliation(word) for word in text.split())
    if not early:
        return institution and has_country(text)
    bulleted = draft.blocks[0].hints.marker is not None
    return looks_like_affiliation(text) and not LABEL.match(text) and (institution or not bulleted)


def _is_part(text: str) -> bool:
    label = part_label(text)
    return bool(label) and len(text) > len(label) + 40


def _is_author_list(draft: Draft, text: str) -> bool:
    """Names, and where the article's own citation names its authors, one of theirs; no second list after bullets."""
    if draft.blocks[0].hints.marker is not None:
        return False
    cited = [folded(name.family) for name in draft.cited_names()]
    return len(parse_authors(text)) > 1 and (not cited or any(name in folded(text) for name in cited))


def _extend(zones: list[Zone], role: str, block: Block) -> None:
    if zones and zones[-1].role == role and (not zones[-1].label or role in ("abstract", "keywords")):
        zones[-1].blocks.append(block)
    else:
        zones.append(Zone(role, blocks=[block]))


def _references_begin(blocks: Sequence[Block]) -> bool:
    """A reference, and mostly references after it."""
    if not blocks or not (looks_like_reference(blocks[0].text) or _could_be_first(blocks)):
        return False
    ahead = [looks_like_reference(block.text) for block in blocks[:AHEAD]]
    return sum(ahead) >= max(2, 0.6 * len(ahead))


def _could_be_first(blocks: Sequence[Block]) -> bool:
    """`BRASIL. Decreto … 2007.`: an entry without an author, before many with one."""
    text = blocks[0].text
    capital = text.partition(".")[0].isupper() and len(text) <= LONGEST_ENTRY and YEAR.search(text) is not None
    return capital and len(blocks) > 3 and all(looks_like_reference(block.text) for block in blocks[2:5])


def _settle_article(draft: Draft) -> None:
    """The head ends at the abstract, or at the first long paragraph; loose text after it is the body."""
    zones: list[Zone] = []
    opened = False
    for place, zone in enumerate(draft.zones):
        if zone.role == LOOSE and opened and _is_other_head(draft.zones, place):
            parts = [replace(zone, role="other_head")]
        elif zone.role == LOOSE and not opened and not _begins_body(zones, zone.blocks):
            parts = _first_zone(draft, zone.blocks)
        elif zone.role == LOOSE:
            parts = _later_zone(zone.blocks, BODY in {each.role for each in zones})
        else:
            parts = [zone]
        opened = opened or zone.role == "abstract" or any(part.role in ("abstract", BODY) for part in parts)
        zones += parts
    draft.zones = _references_of_body(zones)


def _is_other_head(zones: Sequence[Zone], place: int) -> bool:
    """Short lines right before an abstract in another language: title and authors in that language."""
    following = zones[place + 1].role if place + 1 < len(zones) else ""
    before = {zone.role for zone in zones[:place]}
    short = all(len(block.text) < LICENSE_LINE and not looks_like_abstract(block.text) for block in zones[place].blocks)
    return following == "abstract" and "abstract" in before and BODY not in before and short


def _begins_body(before: Sequence[Zone], blocks: Sequence[Block]) -> bool:
    """After the keywords, a numbered line is the first heading."""
    return (
        any(zone.role == "keywords" for zone in before)
        and bool(blocks)
        and headings.NUMBER.match(blocks[0].text) is not None
    )


def _first_zone(draft: Draft, blocks: Sequence[Block]) -> list[Zone]:
    """The head up to the first long paragraph; a few such before the first heading are the abstract."""
    start = next(
        (n for n, block in enumerate(blocks) if _is_prose(block) or _references_begin(blocks[n : n + AHEAD])),
        len(blocks),
    )
    head, rest = list(blocks[:start]), list(blocks[start:])
    if not rest:
        return [Zone("head", blocks=head)]
    labelled = any(zone.role == "abstract" for zone in draft.zones)
    if not head and labelled and (late := _late_head(rest)):
        return [Zone(BODY, blocks=rest[:late]), Zone("head", blocks=rest[late:])]
    heads = headings.find_headings(rest)
    following = next(
        (zone.role for zone in draft.zones if zone.role not in (LOOSE, "received", "accepted", "published", "doi")), ""
    )
    end = min(heads) if heads else len(rest)
    before = rest[:end]
    if (
        not labelled
        and 0 < len(before) <= MOST_UNLABELLED
        and (end < len(rest) or following in (BODY, "keywords"))
        and not _references_begin(rest)
    ):
        return [Zone("head", blocks=head), Zone("abstract", blocks=before), *_later_zone(rest[end:], False)]
    return [Zone("head", blocks=head), *_later_zone(rest, False)]


def _late_head(blocks: Sequence[Block]) -> int:
    """Where title and authors begin behind text that stands before them; 0 where no short lines end the zone."""
    last = next((n for n in range(len(blocks), 0, -1) if _is_running(blocks[n - 1])), 0)
    return last if 0 < len(blocks) - last <= MOST_IN_HEAD else 0


def _is_running(block: Block) -> bool:
    return _is_prose(block) or looks_like_short_abstract(block.text)


def _is_prose(block: Block) -> bool:
    text = block.text
    if is_correspondence(text) or is_license(text) or history.is_history(text) or "@" in text:
        return False
    if looks_like_affiliation(" ".join(text.split()[:OPENING])) and text.count(",") * 25 > len(text):
        return False
    return (
        looks_like_abstract(text)
        and text.count(",") * 12 < len(text)
        and not headings.known(text)[0]
        and not _is_people(text)
    )


def _is_people(text: str) -> bool:
    return bool(parse_authors(text)) or bool(split_label(text)[0] and text.count(",") >= 3 and text.count(". ") < 3)


def _later_zone(blocks: Sequence[Block], in_body: bool) -> list[Zone]:
    """Text after the front matter: short lines of it, then the body."""
    if not blocks:
        return []
    if in_body:
        return [Zone(BODY, blocks=list(blocks))]
    zones: list[Zone] = []
    for place, block in enumerate(blocks):
        if _references_begin(blocks[place : place + AHEAD]):
            return [*zones, Zone(REFERENCES, blocks=list(blocks[place:]))]
        if is_license(block.text) and len(block.text) < LICENSE_LINE:
            _extend(zones, "license", block)
        elif (
            history.is_history(block.text)
            or issues.PAGES.fullmatch(block.text)
            or is_correspondence(block.text)
            or _is_author_note(block)
            or (issues.read_issue(block.text) and len(block.text) < 100)
        ):
            _extend(zones, "head", block)
        else:
            return [*zones, Zone(BODY, blocks=list(blocks[place:]))]
    return zones


def _is_author_note(block: Block) -> bool:
    """A line with a mark that says where an author works, or an address."""
    text = block.text
    marked = (block.hints.marker or "").startswith("*") or bool(split_label(text)[0])
    return marked and len(text) < LICENSE_LINE and (looks_like_affiliation(text) or "@" in text)


def _references_of_body(zones: list[Zone]) -> list[Zone]:
    """References at the end of a body that no label announces."""
    if any(zone.role == REFERENCES and zone.blocks for zone in zones):
        return zones
    for zone in reversed(zones):
        if zone.role != BODY:
            continue
        start = next(
            (
                n
                for n in range(len(zone.blocks))
                if _references_begin(zone.blocks[n : n + AHEAD]) and _mostly_references(zone.blocks[n:])
            ),
            None,
        )
        if start is not None:
            place = next(n for n, each in enumerate(zones) if each is zone)
            parts = [Zone(BODY, blocks=zone.blocks[:start]), Zone(REFERENCES, blocks=zone.blocks[start:])]
            return zones[:place] + parts + zones[place + 1 :]
        break
    return zones


def _mostly_references(blocks: Sequence[Block]) -> bool:
    return sum(looks_like_reference(block.text) for block in blocks) >= 0.7 * len(blocks)
