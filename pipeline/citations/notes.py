"""Citations in notes: a work in full or by its title, `op. cit.` with its author, `ibid.` for the note before."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.article import Reference
from pipeline.citations.author_date import Mention
from pipeline.citations.words import alternatives, load
from pipeline.words import words

TITLE_WORDS = 3
WORD = re.compile(r"[^\W\d_][\w’'-]+")


@cache
def _ibid() -> re.Pattern[str]:
    return re.compile(rf"\s*(?P<word>{alternatives(load()['ibid'])})(?![^\W\d_])", re.IGNORECASE)


@cache
def _again() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])(?:{alternatives(load()['op_cit'])})(?![^\W\d_])", re.IGNORECASE)


class Notes:
    """The works that notes name, one note after another."""

    def __init__(self, references: Sequence[Reference]) -> None:
        self.by_title: dict[tuple[str, ...], list[Reference]] = defaultdict(list)
        self.by_family: dict[str, list[Reference]] = defaultdict(list)
        self.beginning: dict[str, set[str]] = defaultdict(set)
        self.last: list[Reference] = []
        for reference in references:
            family = _family(reference)
            title = tuple(words(str(reference.item.get("title", "")))[:TITLE_WORDS])
            if family and len(title) == TITLE_WORDS:
                self.by_title[title].append(reference)
            if family:
                self.by_family[family.casefold()].append(reference)
                self.beginning[family.casefold().split()[0]].add(family.casefold())

    def find(self, text: str) -> list[Mention]:
        """The mentions of one note, in order; each ends with the name of the author, or is the `ibid.`."""
        ibid = _ibid().match(text)
        if ibid is not None:
            return [Mention(*ibid.span("word"), (tuple(self.last),))] if len(self.last) == 1 else []
        found = {mention.start: mention for mention in self._cited(text)}
        self.last = list({works[0].id: works[0] for mention in found.values() for works in mention.works}.values())
        return [found[start] for start in sorted(found)]

    def _cited(self, text: str) -> Iterator[Mention]:
        own = words(text)
        named = {
            reference.id: reference
            for start in range(len(own) - TITLE_WORDS + 1)
            for reference in self.by_title.get(tuple(own[start : start + TITLE_WORDS]), ())
        }
        if _again().search(text):
            for word in dict.fromkeys(WORD.findall(text.casefold())):
                for family in self.beginning.get(word, ()):
                    works = self.by_family[family]
                    if len(works) == 1 and family in text.casefold():
                        named.setdefault(works[0].id, works[0])
        for reference in named.values():
            place = re.search(rf"(?<!\w){re.escape(_family(reference))}(?!\w)", text, re.IGNORECASE)
            if place is not None:
                yield Mention(place.start(), place.end(), ((reference,),))


def _family(reference: Reference) -> str:
    people = reference.item.get("author") or reference.item.get("editor") or [{}]
    return str(people[0].get("family") or people[0].get("literal") or "")
