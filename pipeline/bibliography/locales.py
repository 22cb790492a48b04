"""CSL locales: which one is meant, and its terms."""

from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

CSL = "{http://purl.org/net/xbiblio/csl}"


def resolve(locale: str | None, default: str | None = None) -> str:
    """A locale tag with its region, as `de-DE` for `de`; `en-US` where none is given or known."""
    from citeproc import LANGUAGE_NAMES, PRIMARY_DIALECTS

    for tag in (locale, default):
        if not tag:
            continue
        if tag in LANGUAGE_NAMES:
            return tag
        language, _, rest = tag.replace("_", "-").partition("-")
        tag = "-".join((language.lower(), rest.upper())) if rest else language.lower()
        if tag in LANGUAGE_NAMES:
            return tag
        if language.lower() in PRIMARY_DIALECTS:
            return str(PRIMARY_DIALECTS[language.lower()])
        if language.lower() in LANGUAGE_NAMES:
            return language.lower()
    return "en-US"


def chain(locale: str) -> list[str]:
    """The locale files to look into, in order: the dialect, its language's primary dialect, en-US."""
    from citeproc import LANGUAGE_NAMES, PRIMARY_DIALECTS

    tags = (locale, PRIMARY_DIALECTS.get(locale.split("-")[0]), "en-US")
    return list(dict.fromkeys(tag for tag in tags if tag and tag in LANGUAGE_NAMES))


@cache
def root(locale: str) -> Any:
    """The root element of a locale file."""
    from citeproc import LOCALES_PATH

    return etree.parse(str(Path(LOCALES_PATH) / f"locales-{locale}.xml")).getroot()


@cache
def term(locale: str, name: str, form: str | None = None) -> str:
    """A term's singular in a locale or those it falls back to; empty where none has it."""
    for tag in chain(locale):
        for element in root(tag).iter(CSL + "term"):
            if element.get("name") == name and element.get("form") == form:
                return str(element.findtext(CSL + "single") or element.text or "").strip()
    return ""
