"""Checks that no DTD makes: values with a fixed form, and what a reader or an archive will miss."""

import re
from collections.abc import Callable, Iterator

from pipeline.article import Element
from pipeline.elements import line_of, text_of
from pipeline.findings import Finding, Severity

DOI = re.compile(r"10\.\d{4,9}/\S+")
ORCID = re.compile(r"https://orcid\.org/(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")
ISSN = re.compile(r"\d{4}-\d{3}[\dX]")
VERSIONS = {"1.0", "1.1", "1.2", "1.3", "1.4"}

Problem = tuple[str, Severity, str, Element]


def check_rules(root: Element, name: str) -> list[Finding]:
    """The findings of every rule, in the order of `RULES`."""
    return [
        Finding(code, severity, message, name, line_of(element))
        for rule in RULES
        for code, severity, message, element in rule(root)
    ]


def check_version(root: Element) -> Iterator[Problem]:
    version = root.get("dtd-version")
    if version is None or version.partition("d")[0] not in VERSIONS:
        yield "dtd-version", Severity.ERROR, f"dtd-version is {version!r}; write the version of JATS, as 1.3", root


def check_dois(root: Element) -> Iterator[Problem]:
    for element in root.iter("article-id", "pub-id"):
        if element.get("pub-id-type") == "doi" and not DOI.fullmatch(text_of(element).strip()):
            yield (
                "bad-doi",
                Severity.WARNING,
                f"{text_of(element)!r} is no DOI (10.NNNN/…, without an address)",
                element,
            )


def check_orcids(root: Element) -> Iterator[Problem]:
    for element in root.iter("contrib-id"):
        if element.get("contrib-id-type") != "orcid":
            continue
        found = ORCID.fullmatch(text_of(element).strip())
        if found is None:
            yield (
                "bad-orcid",
                Severity.ERROR,
                f"{text_of(element)!r}: write https://orcid.org/0000-0000-0000-0000",
                element,
            )
        elif not iso_7064_mod_11_2(found.group(1)):
            yield "bad-orcid", Severity.ERROR, f"the check digit of {found.group(1)} is wrong", element


def check_issns(root: Element) -> Iterator[Problem]:
    for element in root.findall("front/journal-meta/issn"):
        value = text_of(element).strip()
        if not value:
            yield "no-issn", Severity.WARNING, "the journal has no ISSN; give issn in journal.toml", element
        elif not ISSN.fullmatch(value) or not _issn_digit(value):
            yield "bad-issn", Severity.ERROR, f"{value!r} is no ISSN (NNNN-NNNN with a right check digit)", element


def check_front(root: Element) -> Iterator[Problem]:
    meta = root.find("front/article-meta")
    if meta is None:
        return
    if not text_of(meta.find("title-group/article-title")).strip():
        yield "no-title", Severity.ERROR, "the article has no title; give title in NAME.toml", meta
    for path, what in (
        ("contrib-group/contrib", "author"),
        ("pub-date", "date of publication"),
        ("abstract", "abstract"),
    ):
        if meta.find(path) is None:
            yield f"no-{what.split()[0]}", Severity.WARNING, f"the article has no {what}", meta
    if meta.find("permissions") is None:
        yield "no-license", Severity.INFO, "no licence is stated; give license in journal.toml", meta


def check_pages(root: Element) -> Iterator[Problem]:
    first, last = root.find("front/article-meta/fpage"), root.find("front/article-meta/lpage")
    if first is not None and last is not None:
        numbers = [text_of(first), text_of(last)]
        if all(number.isdigit() for number in numbers) and int(numbers[0]) > int(numbers[1]):
            yield (
                "page-order",
                Severity.WARNING,
                f"the last page {numbers[1]} comes before the first {numbers[0]}",
                last,
            )


def iso_7064_mod_11_2(identifier: str) -> bool:
    """ORCID's checksum (ISO/IEC 7064, MOD 11-2)."""
    total = 0
    for char in identifier.replace("-", "")[:-1]:
        total = (total + int(char)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == identifier[-1]


def _issn_digit(issn: str) -> bool:
    """ISSN's checksum (ISO 3297, modulus 11 with weights 8 to 2)."""
    digits = issn.replace("-", "")
    total = sum(int(digit) * weight for digit, weight in zip(digits[:7], range(8, 1, -1), strict=True))
    return "0123456789X"[(11 - total % 11) % 11] == digits[7]


RULES: tuple[Callable[[Element], Iterator[Problem]], ...] = (
    check_version, check_front, check_issns, check_dois, check_orcids, check_pages,
)  # fmt: skip
