"""What single lines are read as: each file of `lines` is one reader, a line with its reading indented below it.

`xx> ` before a line names the language of the article. Lines that begin with `#` say what the next ones show.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from pipeline.article import Block, Name
from pipeline.elements import make, text_of
from pipeline.structure import abstracts, dates, headings, issues, keywords, labels, licenses, shapes, statements
from pipeline.structure.affiliations import (
    country,
    has_country,
    is_place,
    looks_like_affiliation,
    read_affiliation,
    split_affiliations,
)
from pipeline.structure.authors import parse_authors
from pipeline.structure.captions import is_note, read_caption
from pipeline.structure.draft import Draft, Zone
from pipeline.structure.equations import read_equation
from pipeline.structure.footnotes import read_note
from pipeline.structure.funding import read_funding
from pipeline.structure.history import read_lines
from pipeline.structure.names import inverted, looks_like_name, match_name, name_length, split_as_cited, split_name
from pipeline.structure.people import is_correspondence, is_equal, is_inline, split_pairs
from pipeline.structure.tables import cells

FILES = sorted((Path(__file__).parent / "lines").glob("*.txt"))
NOTHING = "–"


def _said(**facts: object) -> str:
    return "; ".join(f"{name}: {value}" for name, value in facts.items() if value not in ("", None, False, [], ()))


def _kinds(text: str, **tests: Callable[[str], object]) -> str:
    return ", ".join(kind for kind, test in tests.items() if test(text))


def _block(text: str) -> Block:
    """A line as a block; a bullet before it is its marker."""
    block = Block(make("p", text.removeprefix("• ")), 1, 1)
    block.hints.marker = "•" if text.startswith("• ") else None
    return block


def _name(name: Name | None) -> str:
    return " | ".join((name.given, name.family, name.suffix, name.style)).replace(" | western", "") if name else ""


def _label(found: labels.Label | None) -> str:
    return f"{found.role} ({found.kind}) “{found.text}”" if found else ""


def read_labels(text: str, lang: str) -> str:
    whole, on_page = labels.whole_line(text), labels.whole_line(text, page=True)
    start, end = labels.at_start(text), labels.at_end(text)
    return _said(
        line=_label(whole),
        page=_label(on_page if on_page != whole else None),
        start=start and f"{_label(start[0])} + {start[1]}",
        end=end and f"{end[0]} + {_label(end[1])}",
        menu=labels.begins_menu(text),
    )


def read_issue(text: str, lang: str) -> str:
    found = issues.read_issue(text)
    if found is None:
        return ""
    facts = ("journal", "volume", "issue", "year", "fpage", "lpage", "elocation")
    return _said(**{name: getattr(found, name) for name in facts})


def read_site(text: str, lang: str) -> str:
    kinds = _kinds(
        text,
        navigation=issues.is_navigation,
        breadcrumb=issues.is_breadcrumb,
        statistics=issues.is_statistics,
        home=issues.is_home,
        archives=issues.is_archives,
    )
    parts = " > ".join(issues.breadcrumb_parts(text)) if issues.is_breadcrumb(text) else ""
    return _said(is_=kinds, parts=parts, type=issues.article_type(text))


def read_shape(text: str, lang: str) -> str:
    return _kinds(
        text,
        reference=shapes.looks_like_reference,
        keywords=shapes.looks_like_keywords,
        abstract=shapes.looks_like_abstract,
        short_abstract=shapes.looks_like_short_abstract,
        name=looks_like_name,
        affiliation=looks_like_affiliation,
        country=has_country,
        place=is_place,
        correspondence=is_correspondence,
        equal=is_equal,
        inline=is_inline,
        pairs=split_pairs,
    )


def read_authors(text: str, lang: str) -> str:
    """`letters> `: affiliations have letters as their marks."""
    found = parse_authors(text, letters=lang == "letters")
    each = (
        author.text
        + "".join(f" ^{mark}" for mark in author.marks)
        + "".join(f" [{degree}]" for degree in author.degrees)
        + (" (group)" if author.is_group else "")
        for author in found
    )
    return " / ".join(each)


def read_names(text: str, lang: str) -> str:
    """`doubled> `: two family names are usual; `first> `: initials stand first in the names around."""
    return _name(
        split_name(text, lang if len(lang) == 2 else "", doubled=lang == "doubled", initials_last=lang != "first")
    )


def read_cited(text: str, lang: str) -> str:
    """`WORDS = FAMILY, GIVEN` by a cited name; `WORDS = CITATION` by a whole citation; how many words are the name."""
    line, _, citation = text.partition(" = ")
    tokens, (family, _, given) = line.split(), citation.partition(", ")
    found, parted = match_name(tokens, Name(family, given)), split_as_cited(tokens, citation)
    return _said(
        cited=found and f"{found[0]}: {_name(found[1])}",
        inverted=_name(inverted(line, Name(family, given))),
        parted=parted and f"{parted[0]}: {_name(parted[1])}",
        words=name_length(tokens),
    )


def read_affiliations(text: str, lang: str) -> str:
    """`123> `: the marks that stand beside the authors."""
    parts = []
    for mark, string in split_affiliations(text, set(lang)):
        read = read_affiliation("aff1", string, lang if lang.islower() and len(lang) == 2 else None)
        spans = " ".join(f"{span.label}=[{read.text[span.start : span.end]}]" for span in read.spans)
        parts.append(" ".join(filter(None, [mark and f"({mark})", spans or string, read.country_code])))
    return " / ".join(parts)


def read_country(text: str, lang: str) -> str:
    return country(text, lang or None)


def read_dates(text: str, lang: str) -> str:
    found = [(date.year, date.month, date.day) for date in dates.find_dates(text, lang)]
    return _said(
        dates=", ".join("-".join(str(part) for part in date if part) for date in found),
        alone=dates.only_date(text) is not None,
    )


def read_history(text: str, lang: str) -> str:
    from pipeline.article import Article
    from pipeline.structure.history import is_history

    draft = Draft([], Article(lang=lang or "en"), lambda text: pytest.fail(text))
    read_lines(draft, [_block(text)])
    made = ", ".join(f"{d.type} {'-'.join(str(n) for n in (d.year, d.month, d.day) if n)}" for d in draft.article.dates)
    return _said(history=is_history(text), dates=made, aside=" ".join(each.text for each in draft.set_aside))


def read_license(text: str, lang: str) -> str:
    from pipeline.article import Article

    draft = Draft([Zone("license", blocks=[_block(text)])], Article(lang="en"), lambda text: pytest.fail(text))
    licenses.read_licenses(draft)
    permissions = draft.article.permissions
    return _said(
        licence=licenses.is_license(text),
        url=permissions.license_url,
        year=permissions.year,
        holder=permissions.holder,
        text=permissions.license_text != "",
    )


def read_heading(text: str, lang: str) -> str:
    role, kind = headings.known(text)
    return _said(role=role, kind=kind, body=headings.is_body_start(_block(text)), part=abstracts.part_label(text))


def read_captions(text: str, lang: str) -> str:
    found = read_caption(text)
    return _said(
        caption=found and f"{found.kind} {found.number} “{found.label}” {found.text}", note=is_note(_block(text))
    )


def read_formula(text: str, lang: str) -> str:
    made = read_equation(_block(text))
    if made is None:
        return ""
    tex, label = made.find("tex-math") is not None, made.findtext("label") or ""
    return " | ".join(filter(None, ["TeX" if tex else "text", label, text_of(made).removeprefix(label)]))


def read_keywords(text: str, lang: str) -> str:
    return " / ".join(keywords.split_keywords(_block(text)))


def read_statements(text: str, lang: str) -> str:
    return statements.role_of(_block(text))


def read_awards(text: str, lang: str) -> str:
    return " / ".join(
        f"{group.findtext('.//institution')}: {group.findtext('award-id')}" for group in read_funding(text)
    )


def read_notes(text: str, lang: str) -> str:
    note = read_note(text)
    return f"{note.label} | {note.number} | {note.text}" if note else ""


def read_cells(text: str, lang: str) -> str:
    return " | ".join(cells(text.replace("\\t", "\t")))


READERS: dict[str, Callable[[str, str], str]] = {
    "affiliations": read_affiliations,
    "authors": read_authors,
    "captions": read_captions,
    "cells": read_cells,
    "cited": read_cited,
    "countries": read_country,
    "dates": read_dates,
    "equations": read_formula,
    "funding": read_awards,
    "headings": read_heading,
    "history": read_history,
    "issues": read_issue,
    "keywords": read_keywords,
    "labels": read_labels,
    "licences": read_license,
    "names": read_names,
    "notes": read_notes,
    "shapes": read_shape,
    "site": read_site,
    "statements": read_statements,
}


def read_again(lines: Iterable[str], read: Callable[[str, str], str]) -> str:
    made = []
    for line in lines:
        if line.startswith("    "):
            continue
        made.append(line)
        if line.strip() and not line.startswith("#"):
            lang, mark, text = line.partition("> ")
            lang, text = (lang, text) if mark and lang.isalnum() and len(lang) < 10 else ("", line)
            made.append(f"    {read(text, lang) or NOTHING}")
    return "\n".join(made) + "\n"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_lines(file: Path, golden: Callable[[Path, str | bytes], None]) -> None:
    golden(file, read_again(file.read_text(encoding="utf-8").splitlines(), READERS[file.stem]))
