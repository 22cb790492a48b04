"""Identifiers whose form or check digit says whether they can be right: DOI, ORCID, ISSN, ROR."""

import re
from collections.abc import Iterator

from pipeline.article import Element
from pipeline.elements import text_of
from pipeline.findings import Severity

DOI = re.compile(r"10\.\d{4,9}(\.\d+)*/\S+")
ORCID = re.compile(r"https://orcid\.org/(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")
ISSN = re.compile(r"\d{4}-\d{3}[\dX]")
ROR = re.compile(r"https://ror\.org/(0[0-9a-hjkmnp-tv-z]{6}\d\d)")
BASE_32 = "0123456789abcdefghjkmnpqrstvwxyz"

Problem = tuple[str, Severity, str, Element]


def check_dois(root: Element) -> Iterator[Problem]:
    for element in root.iter("article-id", "pub-id"):
        if element.get("pub-id-type") == "doi" and not DOI.fullmatch(text_of(element).strip()):
            message = f"{text_of(element)!r} is no DOI; write 10.NNNN/…, without an address"
            yield "bad-doi", Severity.WARNING, message, element


def check_orcids(root: Element) -> Iterator[Problem]:
    for element in root.iter("contrib-id"):
        if element.get("contrib-id-type") != "orcid":
            continue
        value = text_of(element).strip()
        found = ORCID.fullmatch(value)
        if found is None:
            bare = ORCID.fullmatch(f"https://orcid.org/{value.rpartition('/')[2]}")
            severity = Severity.WARNING if bare and iso_7064_mod_11_2(bare.group(1)) else Severity.ERROR
            yield "bad-orcid", severity, f"{value!r}: write https://orcid.org/0000-0000-0000-0000", element
        elif not iso_7064_mod_11_2(found.group(1)):
            message = f"the check digit of {found.group(1)} is wrong; ask the author for the right ORCID"
            yield "bad-orcid", Severity.ERROR, message, element


def check_issns(root: Element) -> Iterator[Problem]:
    for element in root.findall("front/journal-meta/issn"):
        value = text_of(element).strip()
        if not value:
            yield "no-issn", Severity.WARNING, "the journal has no ISSN; give issn in journal.toml", element
        elif not is_issn(value):
            message = f"{value!r} is no ISSN; write NNNN-NNNN with the right check digit"
            yield "bad-issn", Severity.ERROR, message, element


def check_rors(root: Element) -> Iterator[Problem]:
    for element in root.iter("institution-id"):
        value = text_of(element).strip()
        if (element.get("institution-id-type") or "").lower() == "ror" and not is_ror(value):
            message = f"{value!r} is no ROR; write its address, https://ror.org/0…, as it stands in the registry"
            yield "bad-ror", Severity.ERROR, message, element


def iso_7064_mod_11_2(identifier: str) -> bool:
    """ORCID's checksum (ISO/IEC 7064, MOD 11-2)."""
    total = 0
    for char in identifier.replace("-", "")[:-1]:
        total = (total + int(char)) * 2
    return "0123456789X"[(12 - total) % 11] == identifier[-1]


def is_issn(value: str) -> bool:
    """Form and checksum (ISO 3297, modulus 11 with weights 8 to 2)."""
    if not ISSN.fullmatch(value):
        return False
    digits = value.replace("-", "")
    total = sum(int(digit) * weight for digit, weight in zip(digits[:7], range(8, 1, -1), strict=True))
    return "0123456789X"[-total % 11] == digits[7]


def is_ror(value: str) -> bool:
    """Form and checksum (ISO/IEC 7064, MOD 97-10, over Crockford's base 32)."""
    found = ROR.fullmatch(value)
    if found is None:
        return False
    number = 0
    for char in found.group(1)[:-2]:
        number = number * 32 + BASE_32.index(char)
    return int(found.group(1)[-2:]) == 98 - number * 100 % 97
