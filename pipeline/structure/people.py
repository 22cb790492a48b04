"""Author lines become contributors and affiliations."""

import re
from dataclasses import dataclass, field

from pipeline.article import Affiliation, Block, Contributor, Name
from pipeline.structure.affiliations import EMAIL, institution_words, read_affiliation
from pipeline.structure.draft import Draft
from pipeline.structure.names import MARK, folded, match_name, name_length, split_name

ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])\b")
NAME_LIST = re.compile(r"\s*(?:[,;]|\band\b|\by\b|\be\b|&)\s+")


@dataclass(slots=True)
class Person:
    """An author as read: affiliations are strings with the line they stand on."""

    contributor: Contributor
    affiliations: list[tuple[str, int]] = field(default_factory=list)

    def is_called(self, name: Name) -> bool:
        return folded(self.contributor.display) == folded(f"{name.given}{name.family}")


def read_people(draft: Draft) -> None:
    """Fill contributors and affiliations from the zones of authors, or from the article's own citation."""
    cited = cited_names(draft)
    people: list[Person] = []
    for zone in draft.take("authors"):
        draft.drop_label(zone)
        for block in zone.blocks:
            _read_line(draft, block, people, cited)
    if not people:
        people = [Person(Contributor(name=name)) for name in cited]
    draft.article.contributors = [person.contributor for person in people]
    _link(draft, people)


def cited_names(draft: Draft) -> list[Name]:
    """The authors as the article's own citation has them."""
    authors = draft.citation.item.get("author", []) if draft.citation else []
    return [Name(_tidy(author["family"]), _tidy(author.get("given", ""))) for author in authors if author.get("family")]


def _tidy(text: str) -> str:
    return re.sub(r"(?<=\.)[\s.]+$", "", text).strip()


def _read_line(draft: Draft, block: Block, people: list[Person], cited: list[Name]) -> None:
    """Add the people of one line; a line that is an affiliation goes to the person before it."""
    text, orcid, email = _without_ids(block.text)
    if block.hints.marker is None and people and _is_affiliation(text, cited):
        people[-1].affiliations.append((text, block.line))
        people[-1].contributor.orcid = people[-1].contributor.orcid or orcid
        people[-1].contributor.email = people[-1].contributor.email or email
        return
    if block.hints.marker is None and _is_name_list(text, cited):
        people += [Person(Contributor(name=_full_name(name, cited))) for name in NAME_LIST.split(text) if name]
        return
    length, name = _leading_name(text.split(), cited)
    affiliation = " ".join(text.split()[length:]).strip(" ,;")
    known = next((person for person in people if person.is_called(name)), None)
    if known is not None:
        draft.drop_rest(block.line, block.text, [affiliation], "author named twice on the page")
    person = known or Person(Contributor(name=name, orcid=orcid, email=email))
    if affiliation:
        person.affiliations.append((affiliation, block.line))
    if known is None:
        people.append(person)


def _without_ids(text: str) -> tuple[str, str, str]:
    orcid, email = ORCID.search(text), EMAIL.search(text)
    text = ORCID.sub("", text).strip(" ,;")
    return text, orcid.group(1) if orcid else "", email.group() if email else ""


def _is_affiliation(text: str, cited: list[Name]) -> bool:
    tokens = text.split()
    if any(match_name(tokens, name) for name in cited):
        return False
    known = any(token.casefold().strip(".,()") in institution_words() for token in tokens)
    return known or len(tokens) > 6 or "," in text


def _is_name_list(text: str, cited: list[Name]) -> bool:
    names = NAME_LIST.split(text)
    plausible = len(names) > 1 and all(2 <= len(name.split()) <= 6 for name in names)
    return plausible and (not cited or len(names) == len(cited))


def _full_name(text: str, cited: list[Name]) -> Name:
    return _leading_name(MARK.sub("", text).split(), cited)[1]


def _leading_name(tokens: list[str], cited: list[Name]) -> tuple[int, Name]:
    for candidate in cited:
        found = match_name(tokens, candidate)
        if found:
            return found
    length = name_length(tokens)
    return length, split_name(MARK.sub("", " ".join(tokens[:length])))


def _link(draft: Draft, people: list[Person]) -> None:
    """Affiliations numbered in order; equal ones are one."""
    known: dict[str, Affiliation] = {}
    for person in people:
        for text, line in person.affiliations:
            key = " ".join(text.casefold().split()).rstrip(".")
            if key in known:
                draft.drop_rest(line, text, [], f"same affiliation as {known[key].id}")
            else:
                known[key] = read_affiliation(f"aff{len(known) + 1}", text, draft.article.lang)
            if known[key].id not in person.contributor.affiliations:
                person.contributor.affiliations.append(known[key].id)
    draft.article.affiliations = list(known.values())
