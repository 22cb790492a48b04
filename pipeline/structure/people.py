"""Author lines become contributors and affiliations."""

import re
from dataclasses import dataclass, field, replace

from pipeline.article import Block, Contributor, Name, SetAside
from pipeline.elements import make
from pipeline.structure.affiliations import (
    EMAIL,
    has_country,
    is_institution,
    is_place,
    looks_like_affiliation,
    split_affiliations,
    split_label,
)
from pipeline.structure.author_lines import (
    AT,
    LONGEST_INLINE_NAME,
    ORCID,
    inverted_name,
    is_correspondence,
    is_equal,
    is_inline,
    is_marked_place,
    split_pairs,
    without_part,
)
from pipeline.structure.authors import Author, has_conjunction, normal_mark, parse_authors
from pipeline.structure.cited_people import names_others
from pipeline.structure.content import paragraph
from pipeline.structure.draft import Draft
from pipeline.structure.licenses import AROUND
from pipeline.structure.names import (
    ends_in_initials,
    folded,
    inverted,
    looks_like_name,
    match_name,
    name_length,
    split_as_cited,
    split_name,
)
from pipeline.structure.person import Person
from pipeline.structure.unknown_labels import is_of_site
from pipeline.structure.vocabulary import cased, word_set

STRAY = " ,;:|+−•·"
NAME_TOKENS = 12


@dataclass(slots=True)
class People:
    """The people of an article as their lines are read one after another."""

    draft: Draft
    cited: list[Name]
    letters: bool = False
    persons: list[Person] = field(default_factory=list)
    labelled: list[tuple[str, str, int]] = field(default_factory=list)
    loose: list[tuple[str, int]] = field(default_factory=list)
    current: Person | None = None
    citation: str = ""
    initials_last: bool = True
    inline: bool = False
    glued: bool = False
    paired: bool = False
    noted: bool = False
    inverted: bool = False

    def read(self, block: Block) -> None:
        """Names, an affiliation, or what says something of the person before."""
        if block.content.tag != "p":
            self.draft.article.body.append(block.content)
            return
        if self.persons and (self.noted or folded(block.text) in word_set("people", "note_heads")):
            self._note(block)
            return
        block = self._with_mark(block)
        text, orcid, email = self._without_ids(block)
        if is_correspondence(block.text) and self.persons:
            self._correspondence(block)
        elif not any(map(str.isalnum, text)):
            self._give_ids(orcid, email, text)
        elif self.persons and self._is_of_identifiers(block):
            self._give_identifiers(block)
        elif (self.paired or not self.persons) and (pairs := split_pairs(text)):
            self.paired = True
            for name, affiliation in pairs:
                self._names(block, name)
                self.persons[-1].affiliations.append((affiliation, block.line))
            self.current = None
            taken = [part for pair in pairs for part in pair]
            self.draft.drop_rest(block.line, text, taken, "between the names of authors")
        elif self._is_names(block, text):
            self._names(block, text)
            self._give_ids(orcid, email)
        elif (self.inline or self.glued) and self._is_inline(text):
            self._name_and_affiliation(block, text)
            self._give_ids(orcid, email)
        elif self.persons or split_label(text)[0] or is_institution(cased(text.split()[0])):
            labelled = len(self.labelled)
            self._affiliation(block, text)
            if len(self.labelled) == labelled:
                self._give_ids(orcid, email)
        else:
            self.inline = is_inline(text)
            self.glued = not self.inline and block.hints.marker is None
            self._name_and_affiliation(block, text)
            self._give_ids(orcid, email)

    def _with_mark(self, block: Block) -> Block:
        """The asterisk of an author's note, which a line by itself has as its bullet."""
        mark = (block.hints.marker or "").strip()
        if mark != "*" or not any(mark in map(normal_mark, person.marks) for person in self.persons):
            return block
        return replace(block, content=make("p", f"* {block.text}"), hints=replace(block.hints, marker=None))

    def _note(self, block: Block) -> None:
        if not self.noted:
            self.noted = True
            self.draft.set_aside.append(SetAside(block.line, block.text, "label of the notes on the authors"))
        elif is_correspondence(block.text):
            self._correspondence(block)
        else:
            self.draft.notes.append(make("fn", paragraph(block)))

    def _is_inline(self, text: str) -> bool:
        return is_inline(text) and not split_label(text)[0]

    def _without_ids(self, block: Block) -> tuple[str, str, str]:
        """The text without ORCID and, where one person is meant, without an address; and they."""
        text = block.text
        orcid = ORCID.search(text)
        if orcid and len(ORCID.findall(text)) == 1 and not split_label(text)[0]:
            text = without_part(text, orcid.start(), orcid.end(), "orcid")
        found = EMAIL.findall(text)
        match = EMAIL.search(text)
        if len(found) == 1 and match and not is_marked_place(text[: match.start()]):
            text = without_part(text, match.start(), match.end(), "email")
        text = text.strip(STRAY)
        email = found[0].rstrip(".") if len(found) == 1 else ""
        self.draft.drop_rest(block.line, block.text, [text, orcid[1] if orcid else "", email], "label of an identifier")
        return text, orcid[1].upper() if orcid else "", email

    def _give_emails(self, block: Block) -> None:
        """A line of addresses, one a person, in order."""
        emails = [email.rstrip(".") for email in EMAIL.findall(block.text)]
        for person, email in zip(self.persons, emails, strict=False):
            person.contributor.email = person.contributor.email or email
        self.draft.drop_rest(
            block.line, block.text, [each.contributor.email for each in self.persons], "more addresses"
        )

    def _is_of_identifiers(self, block: Block) -> bool:
        """A line of addresses alone, or one of several ORCID."""
        return not EMAIL.sub("", block.text).strip(STRAY) or len(ORCID.findall(block.text)) > 1

    def _give_identifiers(self, block: Block) -> None:
        if ORCID.search(block.text):
            self._give_orcids(block)
        else:
            self._give_emails(block)

    def _give_orcids(self, block: Block) -> None:
        """`ORCID: Kari Nordmann 0000-…; Jonas Sund 0000-…`: each to the person named before it, else in order."""
        text, given = block.text, []
        start = 0
        for place, match in enumerate(ORCID.finditer(text)):
            before = text[start : match.start()]
            named = [person for person in self.persons if self._is_named_in(person, before)]
            meant = named[0] if named else self.persons[place] if place < len(self.persons) else None
            if meant is not None and not meant.contributor.orcid:
                meant.contributor.orcid = match[1].upper()
                given.append(match[1])
            start = match.end()
        self.draft.drop_rest(block.line, text, given, "names beside identifiers")

    def _give_ids(self, orcid: str, email: str, mark: str = "") -> None:
        """Those of the person before, or of the one that has the mark."""
        marked = [person for person in self.persons if mark and normal_mark(mark) in map(normal_mark, person.marks)]
        for person in marked[:1] or ([self.current] if self.current else self.persons[-1:]):
            person.contributor.orcid = person.contributor.orcid or orcid
            person.contributor.email = person.contributor.email or email

    def _is_names(self, block: Block, text: str) -> bool:
        bare = text.strip(STRAY)
        if block.hints.style == "affiliation" or (self.inverted and inverted_name(text)):
            return block.hints.style != "affiliation"
        if self.cited and any(self._is_cited_alone(bare, name) for name in self.cited):
            return True
        if block.hints.marker is not None and looks_like_affiliation(text):
            return False
        if self.persons and split_label(text)[0] and looks_like_affiliation(text):
            return False
        parted = split_as_cited(bare.split(), self.citation)
        if parted is not None and parted[0] < len(bare.split()) and not re.search(r"[,;&]", bare):
            return has_conjunction(bare) and len(parse_authors(bare, self.letters)) > 1
        other = self.persons and self.draft.is_page and names_others(self.draft, block)
        return not other and bool(parse_authors(bare, self.letters))

    def _is_cited_alone(self, text: str, name: Name) -> bool:
        if inverted(text, name) is not None:
            return True
        tokens = [token.strip(",;") for token in text.split()][: NAME_TOKENS + 1]
        found = match_name(tokens, name)
        return found is not None and found[0] == len(tokens)

    def _names(self, block: Block, text: str) -> None:
        bare = text.strip(STRAY)
        if self.inverted and (inverted := inverted_name(text)):
            return self._add_inverted(Name(*inverted), text, block)
        authors = parse_authors(bare, self.letters)
        if self.cited and any(self._is_cited_alone(bare, name) for name in self.cited):
            authors = [Author(bare)]
        self.initials_last = all(ends_in_initials(author.text) for author in authors)
        for author in authors:
            self._add(author, block)
        if len(authors) > 1:
            self.current = None
        kept = [part for author in authors for part in (author.text, *(m for m in author.marks if m in "*†‡§¶#"))]
        marks = [mark for author in authors for mark in author.marks]
        self.draft.drop_rest(block.line, text, [*kept, *marks], "between the names of authors")
        return self.draft.drop_rest(block.line, " ".join(marks), [], "marks of affiliations")

    def _add(self, author: Author, block: Block) -> None:
        if author.is_group:
            self.current = Person(Contributor(collab=author.text), author.marks, written=author.text)
            self.persons.append(self.current)
            return
        name = self._name(author.text)
        if (known := self._same(name)) is not None:
            self.draft.drop_rest(block.line, author.text, [], "author named twice")
            self.current = known
            known.marks += author.marks
            return
        self.current = Person(Contributor(name=name), author.marks, written=author.text)
        self.persons.append(self.current)

    def _add_inverted(self, name: Name, text: str, block: Block) -> None:
        """`Silva, Ana¹`, where other authors stand so, too."""
        marks = [mark for author in parse_authors(text.replace(",", "", 1)) for mark in author.marks]
        self.current = Person(Contributor(name=name), marks, written=f"{name.family}, {name.given}")
        self.persons.append(self.current)
        self.draft.drop_rest(block.line, " ".join(marks), [], "marks of affiliations")

    def _name(self, text: str) -> Name:
        tokens = text.split()
        if (parted := split_as_cited(tokens, self.citation)) and parted[0] == len(tokens):
            return parted[1]
        for candidate in self.cited:
            if (name := inverted(text, candidate)) is not None:
                return name
            found = match_name([token.strip(",") for token in tokens], candidate)
            if found and found[0] == len(tokens):
                return found[1]
        return split_name(text, self.draft.lang, initials_last=self.initials_last)

    def _affiliation(self, block: Block, text: str) -> None:
        if (stated := AT.fullmatch(text)) and self._stated(stated, block):
            return
        if (found := self._known_lead(text)) is not None:
            self.current, rest = found
            self._own_affiliation(self.current, rest, block.line)
            self.draft.drop_rest(block.line, text, [rest], "author named twice")
            return
        leading = self._cited_lead(text)
        if (
            leading
            or self._is_glued(block, text)
            or (block.hints.marker is not None and self.current is not None and not split_label(text)[0])
        ):
            self._name_and_affiliation(block, text)
            return
        marks = {normal_mark(mark) for person in self.persons for mark in person.marks}
        parts = split_affiliations(text, marks)
        if parts[0][0] and (
            normal_mark(parts[0][0]) in marks or len(parts) > 1 or len(self.labelled) > 0 or parts[0][0].isdecimal()
        ):
            self.labelled += [(label, part, block.line) for label, part in parts]
            self.draft.drop_rest(block.line, " ".join(label for label, _ in parts), [], "marks of affiliations")
        elif self.current is not None and self.current.affiliations and is_of_site(self.draft, text):
            self.draft.drop([block], AROUND)
        elif self.current is not None:
            self._own_affiliation(self.current, text, block.line)
        else:
            self.loose.append((text, block.line))

    def _own_affiliation(self, person: Person, text: str, line: int) -> None:
        """One more affiliation, or a line of the same paragraph, or the place of the one before (`Taipei, Taiwan`)."""
        before = person.affiliations[-1] if person.affiliations else None
        near = before is not None and (before[1] == line or (before[1] in (line - 1, line - 2) and is_place(text)))
        if before is not None and near and not has_country(before[0]):
            person.affiliations[-1] = (f"{before[0]}, {text}", line)
        else:
            person.affiliations.append((text, line))

    def _cited_lead(self, text: str) -> bool:
        tokens = text.split()[:NAME_TOKENS]
        return any(
            (found := match_name(tokens, name)) is not None and found[0] < len(text.split()) and not self._has(found[1])
            for name in self.cited
        )

    def _stated(self, stated: re.Match[str], block: Block) -> bool:
        """`A. Berg and C. Lind are with the Department of …`: an affiliation that names whose it is."""
        meant = [person for person in self.persons if self._is_named_in(person, stated["names"])]
        for person in meant:
            person.affiliations.append((stated["place"], block.line))
        if meant:
            self.draft.drop_rest(block.line, block.text, [stated["place"]], "names beside affiliations")
        return bool(meant)

    def _is_glued(self, block: Block, text: str) -> bool:
        """`Name Affiliation` without a comma between them, as the first author's line was read."""
        if not self.glued or block.hints.marker is not None or split_label(text)[0]:
            return False
        tokens = text.split()
        length = next((n for n, token in enumerate(tokens) if looks_like_affiliation(token)), 0)
        return 2 <= length <= LONGEST_INLINE_NAME and looks_like_name(" ".join(tokens[:length]))

    def _known_lead(self, text: str) -> tuple[Person, str] | None:
        """The person already read whose name a line begins with, and the affiliation after it."""
        for person in self.persons:
            rest = text[len(person.written) :]
            parted = bool(person.written) and text.startswith(person.written) and not rest[:1].isalnum()
            if parted and looks_like_affiliation(rest := rest.lstrip(STRAY)):
                return person, rest
        return None

    def _has(self, name: Name) -> bool:
        """Whether a person of this family name and initial is there already."""
        wanted = folded(name.family), folded(name.given)[:1]
        names = [person.contributor.name for person in self.persons if person.contributor.name]
        return any((folded(each.family), folded(each.given)[:1]) == wanted for each in names)

    def _name_and_affiliation(self, block: Block, text: str) -> None:
        """`Name Affiliation` on one line, with or without a comma between."""
        length, name = self._leading_name(text.split())
        affiliation = " ".join(text.split()[length:]).strip(STRAY)
        before = len(self.persons)
        self._add_named(name, block)
        person = self.persons[-1] if len(self.persons) > before else self.current
        if affiliation and person is not None:
            person.affiliations.append((affiliation, block.line))
        self.draft.drop_rest(
            block.line, text, [name.given, name.family, name.suffix, affiliation], "beside the name of an author"
        )

    def _same(self, name: Name) -> Person | None:
        """The person of this name who was read already."""
        wanted = folded(f"{name.given}{name.family}{name.suffix}")
        names = ((each, each.contributor.name) for each in self.persons if each.contributor.name)
        return next((each for each, one in names if folded(f"{one.given}{one.family}{one.suffix}") == wanted), None)

    def _add_named(self, name: Name, block: Block) -> None:
        if (known := self._same(name)) is not None:
            self.draft.drop_rest(block.line, f"{name.given} {name.family}", [], "author named twice")
            self.current = known
            return
        self.current = Person(Contributor(name=name), written=f"{name.given} {name.family}")
        self.persons.append(self.current)

    def _leading_name(self, tokens: list[str]) -> tuple[int, Name]:
        if parted := split_as_cited(tokens, self.citation):
            return parted
        for candidate in self.cited:
            found = match_name([token.strip(",;") for token in tokens[:NAME_TOKENS]], candidate)
            if found:
                return found
        length = name_length(tokens)
        while length > 2 and not looks_like_name(" ".join(tokens[:length]).strip(",")):
            length -= 1
        return length, split_name(" ".join(tokens[:length]).strip(", "), self.draft.lang)

    def _correspondence(self, block: Block) -> None:
        """`*Corresponding author: …` — the line is kept as a note."""
        text = block.text
        mark, rest = split_label(text)
        symbol = normal_mark(mark) if mark else "*" if text.startswith("*") else ""
        emails = [email.rstrip(".") for email in EMAIL.findall(text)]
        meant = [person for person in self.persons if symbol and symbol in map(normal_mark, person.marks)]
        meant = meant or [person for person in self.persons if self._is_named_in(person, rest)]
        for person in meant:
            person.contributor.corresponding = True
            if len(emails) == 1 and len(meant) == 1:
                person.contributor.email = person.contributor.email or emails[0]
        if len(mark) > 1 and meant and looks_like_affiliation(rest):
            self.labelled.append((mark, rest, block.line))
        elif is_equal(text):
            for person in meant:
                person.contributor.corresponding = False
                person.contributor.equal_contribution = True
            self.draft.notes.append(make("fn", make("label", mark) if mark else None, make("p", rest), fn_type="equal"))
        else:
            self.draft.notes.append(make("corresp", text))

    def _is_named_in(self, person: Person, text: str) -> bool:
        family = person.contributor.name.family if person.contributor.name else ""
        return bool(family) and folded(family) in folded(text)
