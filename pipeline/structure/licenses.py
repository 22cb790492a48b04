"""Licence and copyright lines."""

import re
from functools import cache

from pipeline.structure.draft import Draft
from pipeline.structure.vocabulary import alternatives, load

ADDRESS = re.compile(
    r"https?://creativecommons\.org/(?:licenses|publicdomain)/[a-z-]{2,12}/\d\.\d(?:/[a-z]{2,3})?/?", re.IGNORECASE
)
YEAR = re.compile(
    r"[\s,:©]*(?:\([cC]\)\s*)?(?P<year>(?:19|20)\d\d)?(?:\s?[-–]\s?\d{4})?[\s,.]*(?P<holder>[^.©]{0,300})"
)
VERSION = re.compile(r"(?<![\d.])[1-4]\.0(?!\d)")
NAMED = re.compile(r"creative\s?commons|\bCC[\s-](?=BY|0)", re.IGNORECASE)
CODE = re.compile(r"\bBY((?:-(?:NC|SA|ND)){0,2})\b")
LONGEST = 1500
NEAR_START = 250
LONG = 700
SHORT = 120
AROUND = "line of the page around the article"


@cache
def _copyright() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(load('licenses')['copyright'])}){YEAR.pattern}", re.IGNORECASE)


def is_license(text: str) -> bool:
    """A line that states a licence or a copyright, and little else."""
    if len(text) > LONGEST:
        return False
    copyright_line = _copyright().match(text)
    if copyright_line is not None and (copyright_line["year"] is not None or len(text) < SHORT):
        return True
    return len(text) < LONG and _states_license(text, NEAR_START)


def _states_license(text: str, before: int = LONGEST) -> bool:
    """Whether words of a licence begin within the first characters."""
    plain = text.casefold()
    return any(0 <= plain.find(word) < before for word in load("licenses")["license"])


def read_licenses(draft: Draft) -> None:
    """Licence text and address, holder and year of the copyright. What else a site prints there is set aside."""
    permissions = draft.article.permissions
    texts = []
    for zone in draft.take("license"):
        draft.drop_label(zone)
        for place, block in enumerate(zone.blocks):
            copyright_line = _copyright().match(block.text)
            if place and not is_license(block.text):
                draft.drop([block], AROUND)
            elif (
                copyright_line
                and copyright_line["year"]
                and not permissions.statement
                and not _states_license(block.text)
            ):
                permissions.statement = block.text
                permissions.year = copyright_line["year"]
                permissions.holder = copyright_line["holder"].strip(" ,;")
            elif any(char.isalpha() for char in block.text):
                texts.append(block.text)
    permissions.license_text = " ".join([permissions.license_text, *texts]).strip()
    if not permissions.license_url:
        permissions.license_url = license_address(permissions.license_text)


def license_address(text: str) -> str:
    """The address of the Creative Commons licence a text names; empty where it names none surely."""
    if address := ADDRESS.search(text):
        found = address.group().replace("http:", "https:").lower()
        return found if found.endswith("/") else found + "/"
    version = VERSION.search(text)
    if version is None or not NAMED.search(text):
        return ""
    if code := CODE.search(text):
        return f"https://creativecommons.org/licenses/by{code[1].lower()}/{version.group()}/"
    plain = text.casefold()
    words = load("licenses")
    if not any(word in plain for word in words["attribution"]):
        return ""
    clauses = [clause for clause, forms in words["clauses"].items() if any(form in plain for form in forms)]
    return f"https://creativecommons.org/licenses/{'-'.join(['by', *clauses])}/{version.group()}/"
