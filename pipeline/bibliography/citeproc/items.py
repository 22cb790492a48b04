"""CSL-JSON items as the nodes read them: ids kept as they are, names and dates read once."""

import re
from collections.abc import Mapping
from typing import Any

from pipeline.bibliography.citeproc.dates import Date, read_date
from pipeline.bibliography.citeproc.people import Person, read_person

SHORT = {"title": "title-short", "container-title": "container-title-short"}
OLDER_NAMES = {
    "title-short": ("shortTitle",),
    "container-title-short": ("journalAbbreviation",),
    "event-title": ("event",),
    "event": ("event-title",),
}
EXTRA = re.compile(r"^\s*(?:\{:)?([A-Za-z-]+):\s*(.*?)\}?\s*$")


def with_extra(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The item with variables that its note begins with, a line each, as reference managers keep them."""
    note = data.get("note")
    if not isinstance(note, str) or ":" not in note:
        return data
    extra: dict[str, Any] = {}
    for line in note.splitlines():
        match = EXTRA.match(line)
        if not match or not (match[1].islower() or match[1] in ("DOI", "ISBN", "ISSN", "PMID", "PMCID", "URL")):
            break
        if data.get(match[1]) in (None, "") and match[1] in KNOWN:
            extra[match[1]] = match[2]
    return {**data, **extra} if extra else data


KNOWN = frozenset(
    (
        "DOI ISBN ISSN PMID PMCID URL archive archive-place archive_location authority call-number chapter-number "
        "collection-number collection-title collection-title-short container-title container-title-short dimensions "
        "division edition event-place event-title genre issue jurisdiction language medium number number-of-pages "
        "number-of-volumes original-publisher original-publisher-place original-title page part-number part-title "
        "publisher publisher-place references reviewed-genre reviewed-title scale section source status "
        "supplement-number title-short version volume volume-title"
    ).split()
)


class Item:
    """One CSL item. Variables are strings as given; empty strings count as absent."""

    __slots__ = ("_dates", "_names", "data", "id", "language", "type")

    def __init__(self, data: Mapping[str, Any]) -> None:
        data = with_extra(data)
        self.id = str(data.get("id", ""))
        self.data = data
        self.type = str(data.get("type", ""))
        self.language = str(data.get("language", "") or "")
        self._names: dict[str, tuple[Person, ...]] = {}
        self._dates: dict[str, Date | None] = {}

    def text(self, variable: str) -> str:
        """A variable as a string; older names of variables are looked up as well."""
        value = self.data.get(variable)
        if value is None and variable in OLDER_NAMES:
            value = next((self.data[name] for name in OLDER_NAMES[variable] if self.data.get(name)), None)
        if value is None and variable == "page-first":
            value = re.split(r"[-–—,&]", str(self.data.get("page", "") or ""))[0].strip()
        if value is None or isinstance(value, list | dict | bool):
            return ""
        return str(value).strip() if variable in ("page", "volume", "issue") else str(value)

    def short(self, variable: str) -> str:
        """The short form of a variable, or the variable itself."""
        short = self.text(SHORT.get(variable, variable + "-short"))
        return short or (_site(self.text(variable)) if variable == "URL" else self.text(variable))

    def names(self, variable: str) -> tuple[Person, ...]:
        if variable not in self._names:
            value = self.data.get(variable)
            people = [read_person(name) for name in value if name] if isinstance(value, list) else []
            self._names[variable] = tuple(person for person in people if person is not None)
        return self._names[variable]

    def date(self, variable: str) -> Date | None:
        if variable not in self._dates:
            self._dates[variable] = read_date(self.data.get(variable))
        return self._dates[variable]

    def has(self, variable: str) -> bool:
        value = self.data.get(variable)
        if isinstance(value, list):
            return bool(self.names(variable))
        if isinstance(value, dict):
            return self.date(variable) is not None
        return bool(self.text(variable))


def _site(address: str) -> str:
    """The short form of a URL, as the reference processor has it: the site alone, without the scheme before `www.`."""
    site = re.match(r"(?:https?://)?(?=www\.)(\S*?)(?:/|$)|(https?://[^/]*)", address)
    return (site[1] or site[2]) if site else address
