"""Contributors and affiliations of an article, from the people that were read."""

from collections.abc import Sequence

from pipeline.article import Affiliation, Block, Contributor
from pipeline.elements import make
from pipeline.structure.addresses import give_addresses
from pipeline.structure.affiliations import EMAIL, looks_like_affiliation, read_affiliation, split_label
from pipeline.structure.author_lines import inverted_name, is_edited
from pipeline.structure.authors import are_degrees, normal_mark, parse_authors
from pipeline.structure.cited_people import without_others
from pipeline.structure.content import paragraph, raised
from pipeline.structure.draft import Draft, Zone
from pipeline.structure.headings import known
from pipeline.structure.history import is_history
from pipeline.structure.mastheads import DOI_LINE, read_fact
from pipeline.structure.name_customs import settle_names
from pipeline.structure.names import CJK
from pipeline.structure.noted_people import find_noted, meant, read_noted, take_identifiers
from pipeline.structure.people import People
from pipeline.structure.person import Person
from pipeline.structure.statements import FN_TYPES


def read_people(draft: Draft) -> None:
    """Fill contributors and affiliations from the lines of authors, or from the article's own citation."""
    blocks = [raised(block) for zone in draft.take("authors") for block in _labelled(draft, zone)]
    blocks = _without_statements(draft, [block for block in blocks if not _is_fact(draft, block)])
    if draft.article.contributors:
        draft.drop(blocks, "authors as the page shows them; the file states them apart")
        _add_notes(draft)
        return
    citation = draft.citation.text if draft.citation else ""
    people = People(draft, draft.cited_names(), letters=_has_letters(blocks), citation=citation)
    blocks = _in_one_script(draft, blocks)
    people.inverted = sum(inverted_name(block.text) is not None for block in blocks) > 1
    blocks, identified = take_identifiers(draft, blocks)
    for block in without_others(draft, blocks):
        people.read(block)
    for person, orcid in ((meant(people.persons, before), orcid) for before, orcid in identified):
        if person is not None:
            person.contributor.orcid = person.contributor.orcid or orcid
    _read_from_end(draft, people)
    read_noted(draft, people.persons, find_noted(draft, blocks))
    if not people.persons:
        people.persons = [Person(Contributor(name=name)) for name in people.cited]
        if draft.citation is not None and people.persons:
            draft.note(
                "authors-from-citation", "the authors stand only in the article's own citation", draft.citation.line
            )
    _tie(draft, people)
    _add_notes(draft)
    draft.article.contributors = [person.contributor for person in people.persons]
    _link(draft, people.persons)
    if not people.cited:
        settle_names([(person.contributor, person.written) for person in people.persons], draft.article)


def _in_one_script(draft: Draft, blocks: Sequence[Block]) -> list[Block]:
    """Lines of authors without those that say the names before them once more in Latin letters."""
    kept: list[Block] = []
    own = 0
    for block in blocks:
        authors = parse_authors(raised(block).text)
        if own and len(authors) == own and block.text.isascii():
            draft.drop([block], "authors once more, in another script")
            continue
        own = own or (len(authors) if all(CJK.fullmatch(author.text.replace(" ", "")) for author in authors) else 0)
        kept.append(block)
    return kept


def _read_from_end(draft: Draft, people: People) -> None:
    """`* Institute of …` as the last lines of a text, where that mark stands behind a name and nowhere before."""
    wanted = {normal_mark(mark) for person in people.persons for mark in person.marks if not mark.isalnum()}
    wanted -= {normal_mark(label) for label, _, _ in people.labelled}
    last = draft.zones[-1].blocks if draft.zones else []
    found: list[Block] = []
    while len(last) > 1 and normal_mark(split_label(last[-1].text)[0]) in wanted and _is_of_author(last[-1].text):
        found.insert(0, last.pop())
    for block in found:
        people.read(block)


def _is_of_author(text: str) -> bool:
    return looks_like_affiliation(text) or EMAIL.search(text) is not None


def _without_statements(draft: Draft, blocks: Sequence[Block]) -> list[Block]:
    """Lines of authors without `Funding information` and the line below it, which are a note."""
    kept: list[Block] = []
    label: Block | None = None
    for block in blocks:
        if label is not None:
            kind = FN_TYPES[known(label.text)[0]]
            draft.notes.append(make("fn", paragraph(label), paragraph(block), fn_type=kind))
            label = None
        elif kept and known(block.text)[0] in FN_TYPES:
            label = block
        else:
            kept.append(block)
    return [*kept, *([label] if label is not None else [])]


def _is_fact(draft: Draft, block: Block) -> bool:
    """A DOI, dates or an editor among the lines of the authors."""
    if is_edited(block.text):
        draft.notes.append(make("fn", paragraph(block), fn_type="edited-by"))
        return True
    if are_degrees(block.text):
        draft.drop([block], "titles and degrees of an author")
        return True
    return (DOI_LINE.fullmatch(block.text) is not None or is_history(block.text)) and read_fact(draft, block)


def _add_notes(draft: Draft) -> None:
    if draft.notes:
        draft.article.meta.append(make("author-notes", draft.notes))


def _labelled(draft: Draft, zone: Zone) -> list[Block]:
    draft.drop_label(zone)
    return zone.blocks


def read_biographies(draft: Draft) -> None:
    for zone in draft.take("biographies"):
        paragraphs = [make("p", block.text) for block in zone.blocks]
        if paragraphs:
            draft.article.back.append(make("notes", make("title", zone.label), paragraphs, notes_type="biography"))
        else:
            draft.drop_label(zone)


def _has_letters(blocks: Sequence[Block]) -> bool:
    labels = [split_label(block.text)[0] for block in blocks[1:]]
    return "a" in labels


def _tie(draft: Draft, people: People) -> None:
    """Give each person the affiliations that the marks name; where there are no marks, all have all, or one each."""
    by_label = {normal_mark(label): (text, line) for label, text, line in people.labelled}
    used = set()
    for person in people.persons:
        for mark in map(normal_mark, person.marks):
            if mark in by_label:
                person.affiliations.append(by_label[mark])
                used.add(mark)
            elif mark == "*":
                person.contributor.corresponding = True
    _give_addresses(people.persons)
    left = [entry for mark, entry in by_label.items() if mark not in used] + people.loose
    bare = [person for person in people.persons if not person.affiliations]
    if not left or not people.persons:
        return
    if len(left) == len(people.persons) == len(bare) and len(left) > 1:
        for person, entry in zip(people.persons, left, strict=True):
            person.affiliations.append(entry)
        message = "affiliations are not marked; each was given to the author at the same place in the list"
        draft.note("affiliations-by-order", message, left[0][1])
    else:
        for person in bare:
            person.affiliations += left
        if not bare:
            people.persons[-1].affiliations += left
        if len(left) > 1:
            draft.note(
                "affiliations-unmarked", "affiliations are not marked; they were given to all authors", left[0][1]
            )


def _give_addresses(persons: Sequence[Person]) -> None:
    """An address or ORCID within an affiliation, which stays as printed, is its only person's, or of that name."""
    for entry in dict.fromkeys(entry for person in persons for entry in person.affiliations):
        owners = [person.contributor for person in persons if entry in person.affiliations]
        give_addresses(owners, entry[0], lambda whole, kept: None, is_said_apart=False)


def _link(draft: Draft, people: list[Person]) -> None:
    """Affiliations numbered in order; equal ones are one."""
    known: dict[str, Affiliation] = {}
    placed: set[tuple[str, int]] = set()
    for person in people:
        for text, line in person.affiliations:
            key = " ".join(text.casefold().split()).rstrip(".")
            if key in known and (text, line) not in placed:
                draft.drop_rest(line, text, [], f"same affiliation as {known[key].id}")
            elif key not in known:
                known[key] = read_affiliation(f"aff{len(known) + 1}", text, draft.article.lang)
            placed.add((text, line))
            if known[key].id not in person.contributor.affiliations:
                person.contributor.affiliations.append(known[key].id)
    draft.article.affiliations = list(known.values())
