"""Checks that no DTD makes: ids, languages, dates, and what a reader or an archive will miss."""

import re
from collections.abc import Callable, Collection, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

from pipeline.article import Element
from pipeline.elements import LANG, line_of, text_of
from pipeline.findings import Finding, Severity
from pipeline.validation.identifiers import Problem, check_dois, check_issns, check_orcids, check_rors
from pipeline.validation.links import check_addresses, check_files, check_licenses, check_media_types

VERSION = re.compile(r"(1\.[0-4](d[1-3])?|[23]\.\d)(\s\d{8})?")
TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-[A-Za-z0-9]{2,8})*|x-[A-Za-z0-9-]+")
ISO_639_1 = frozenset(
    """aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en
    eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv
    ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne
    ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss
    st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu""".split()
)
ORDER = ("received", "accepted", "pub")


def check_rules(root: Element, name: str, folder: Path | None = None, media: Collection[str] = ()) -> list[Finding]:
    """The findings of every rule, in the order of `RULES`; of files only where their `folder` is known."""
    problems = [problem for rule in RULES for problem in rule(root)]
    if folder is not None:
        problems += check_files(root, folder, media)
    return [Finding(code, severity, message, name, line_of(element)) for code, severity, message, element in problems]


def check_version(root: Element) -> Iterator[Problem]:
    version = root.get("dtd-version")
    if version is None:
        yield "dtd-version", Severity.WARNING, 'dtd-version is missing; write the version of JATS, as "1.3"', root
    elif not VERSION.fullmatch(version):
        yield "dtd-version", Severity.ERROR, f"dtd-version is {version!r}; write the version of JATS, as 1.3", root
    else:
        declared = re.search(r" v(\d\.\d(d\d)?)", root.getroottree().docinfo.public_id or "")
        if declared and declared.group(1) != version.split()[0]:
            message = f"dtd-version is {version}, the document type {declared.group(1)}; make them agree"
            yield "dtd-version", Severity.ERROR, message, root


def check_ids(root: Element) -> Iterator[Problem]:
    """Every id once, and every `rid` an id (JATS: ID, IDREF, IDREFS)."""
    known: set[str] = set()
    pointing: list[Element] = []
    for element in root.iter("*"):
        if identifier := element.get("id"):
            if identifier in known:
                yield "same-id", Severity.ERROR, f"the id {identifier!r} is there twice; give one another", element
            known.add(identifier)
        if element.get("rid"):
            pointing.append(element)
    for element in pointing:
        for rid in (element.get("rid") or "").split():
            if rid not in known:
                message = f"nothing has the id {rid!r} that this <{element.tag}> points to"
                yield "no-such-id", Severity.ERROR, message, element


def check_languages(root: Element) -> Iterator[Problem]:
    for element in root.iter("*"):
        lang = element.get(LANG)
        if lang is not None and not (TAG.fullmatch(lang) and _is_language(lang.partition("-")[0].lower())):
            message = f"xml:lang={lang!r} is no language; write a tag of BCP 47, as en, pt-BR or zh-Hant"
            yield "bad-language", Severity.WARNING, message, element


def _is_language(code: str) -> bool:
    """Two letters are those of ISO 639-1; longer codes are taken as they are."""
    return len(code) != 2 or code in ISO_639_1


def check_dates(root: Element) -> Iterator[Problem]:
    days: dict[str, tuple[date, Element]] = {}
    for element in root.iter("pub-date", "date"):
        parts = [text_of(element.find(name)).strip() for name in ("year", "month", "day")]
        given = [part for part in parts if part]
        iso = element.get("iso-8601-date")
        if not all(part.isdecimal() for part in given):
            continue
        numbers = [int(part) for part in given]
        try:
            day = date(*[*numbers, 1, 1][:3]) if numbers else None
        except ValueError:
            yield "bad-date", Severity.ERROR, f"there is no day {'-'.join(given)}; correct it", element
            continue
        written = "-".join([f"{numbers[0]:04}", *(f"{part:02}" for part in numbers[1:])]) if numbers else ""
        if iso and written and not (iso.startswith(written) or written.startswith(iso)):
            message = f"iso-8601-date is {iso}, the date {written}; make them agree"
            yield "bad-date", Severity.ERROR, message, element
        if day and len(numbers) == 3 and element.getparent() is not None:
            kind = element.get("date-type") or ("pub" if element.get("pub-type") == "epub" else "")
            days.setdefault(kind, (day, element))
    known = [(kind, *days[kind]) for kind in ORDER if kind in days]
    for (before, first, _), (after, second, element) in pairwise(known):
        if second < first:
            message = f"{after} ({second}) is before {before} ({first}); correct one of them"
            yield "date-order", Severity.WARNING, message, element


def check_front(root: Element) -> Iterator[Problem]:
    meta = root.find("front/article-meta")
    if meta is None:
        return
    if not text_of(meta.find("title-group/article-title")).strip():
        yield "no-title", Severity.ERROR, "the article has no title; give title in NAME.toml", meta
    for path, code, what in (
        ("contrib-group//contrib", "no-author", "the article has no author"),
        ("pub-date", "no-date", "the article has no date of publication; give published of [dates] in NAME.toml"),
        ("abstract", "no-abstract", "the article has no abstract"),
    ):
        if meta.find(path) is None:
            yield code, Severity.WARNING, what, meta
    if meta.find("permissions") is None:
        yield "no-license", Severity.INFO, "no licence is stated; give license in journal.toml", meta


def check_pages(root: Element) -> Iterator[Problem]:
    first, last = root.find("front/article-meta/fpage"), root.find("front/article-meta/lpage")
    if first is not None and last is not None:
        numbers = [text_of(first), text_of(last)]
        if all(number.isdecimal() for number in numbers) and int(numbers[0]) > int(numbers[1]):
            message = f"the last page {numbers[1]} comes before the first {numbers[0]}; correct pages in NAME.toml"
            yield "page-order", Severity.WARNING, message, last


RULES: tuple[Callable[[Element], Iterator[Problem]], ...] = (
    check_version,
    check_ids,
    check_languages,
    check_front,
    check_issns,
    check_dois,
    check_orcids,
    check_rors,
    check_dates,
    check_pages,
    check_addresses,
    check_licenses,
    check_media_types,
)
