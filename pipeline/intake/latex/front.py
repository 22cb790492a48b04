"""The front matter of a LaTeX source as an `Article`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.article import Abstract, Affiliation, Article, Contributor, Date, Element, Keywords, SetAside, Title
from pipeline.elements import make, text_of
from pipeline.intake.latex import pieces
from pipeline.intake.latex.people import NAMES, Author, People, read_people
from pipeline.intake.latex.scanner import Command, blanked, commands, environment
from pipeline.intake.markup.blocks import without_breaks
from pipeline.intake.markup.mapper import Mapper, flowing, trimmed
from pipeline.intake.markup.nodes import Nodes, inlines_of, source_text
from pipeline.intake.metadata.values import DOI, date_in, orcid_in

TITLES = ("title", "Title", "TITLE", "titleA")
SUBTITLES = ("subtitle", "titlesub")
ABSTRACTS = ("abstract", "Abstract", "abstracttext", "abst", "summary")
KEYWORDS = ("keywords", "keyword", "Keywords", "KeyWords", "keyw", "kwd", "IEEEkeywords")
KEYWORD_ENVIRONMENTS = ("keyword", "keywords", "IEEEkeywords", "Keywords", "kwd")
ABSTRACT_ENVIRONMENTS = ("abstract", "Abstract", "onecolabstract", "ABSTRACT")
RUNNING = ("shorttitle", "titlerunning", "authorrunning", "runningtitle", "runningauthor", "shortauthors",
           "TitleCitation", "AuthorNames", "AuthorCitation", "leftheader", "Plaintitle", "Plainauthor", "Shorttitle",
           "markboth", "runninghead")  # fmt: skip
CORRESPONDENCE = ("corres", "correspondence", "correspondingauthor", "corrauth", "cortext", "corresp", "corraddr")
STATEMENTS = ("authornote", "fntext", "tnotetext", "firstnote", "secondnote", "titlenote", "thanks")
DATES = {"received": "received", "datereceived": "received", "accepted": "accepted", "dateaccepted": "accepted",
         "revised": "rev-recd", "published": "pub"}  # fmt: skip
DOIS = ("doi", "DOI", "acmDOI")
OTHER = (
    "date", "journal", "journaltitle", "pubvolume", "issuenum", "articlenumber", "firstpage", "doinum", "history",
    "preprint", "pacs", "ccsdesc", "subjclass", "subclass", "MSC", "maketitle", "copyrightyear", "setcopyright",
)  # fmt: skip
TODAY = r"\today"
UNHELD = "stated for the class, for which the article has no place"
LEAD = 20
DEFINED = re.compile(r"newcommand\*?\s*\{\s*\Z")
SMALL = re.compile(
    r"(?:\\\\\s*)?\{\s*\\(?:footnotesize|scriptsize|tiny)(?![A-Za-z])((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
)
TITLE_NOTES = ("thanks", "footnote", "titlenote", "tnoteref")
CLASSIFIED = re.compile(r"\\(?:MSC|PACS|JEL|pacs|subjclass)(?![A-Za-z])(?:\s*\[[^\]]{0,40}\])?(.*)", re.DOTALL)
SECTION = re.compile(r"\\(?:section|chapter|part)\b")
SPLIT = re.compile(r"\\(?:sep|and|kwd)(?![A-Za-z])|;|\$\\cdot\$|·|(?<=\s)---(?=\s)|\n\s*\n")
COUNTED = re.compile(r"(?:\\newline|\\indent|\\\\|\s)*[Ww]ord count\s*:?.*", re.DOTALL)


@dataclass(slots=True)
class Front:
    """`text` is the source without what was read here; `said` the words of that; `article` holds them."""

    text: str
    article: Article = field(default_factory=Article)
    said: list[str] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)


class Reader:
    """Reads the commands before the first section; the scraps are converted together."""

    def __init__(self, text: str, mapper: Mapper, macros: str) -> None:
        self.front = Front(text)
        self.mapper = mapper
        self.macros = macros
        self.scraps: list[str] = []

    def read(self) -> Front:
        text = self.front.text
        start = SECTION.search(text)
        head = text[: start.start()] if start else text
        found = [
            each
            for each in commands(head, _every_name())
            if not DEFINED.search(head[max(0, each.start - LEAD) : each.start])
        ]
        by_name = [each for each in found if each.argument.strip() not in ("", TODAY)]
        people = read_people([each for each in by_name if each.name in NAMES])
        for each in sorted(
            (one for one in found if one.arguments or one.name == "maketitle"), key=_start, reverse=True
        ):
            self.front.text = blanked(self.front.text, each.start, each.end)
        title, of_title = _without_notes(self._first(by_name, TITLES))
        subtitle = self._first(by_name, SUBTITLES)
        abstract, keywords = self._abstract(by_name), self._keywords(by_name)
        classified = CLASSIFIED.search(keywords)
        notes = of_title + [note for author in people.authors for note in author.notes] + people.notes
        notes += [each.argument for each in by_name if each.name in CORRESPONDENCE + STATEMENTS]
        running = [argument for each in by_name if each.name in RUNNING for argument in each.arguments]
        others = people.left + [
            each.argument for each in by_name if each.name in (*OTHER, *DATES, *DOIS) and not self._facts(each)
        ]
        if counted := COUNTED.search(keywords):
            keywords = keywords[: counted.start()]
            others.append(counted.group())
        if classified:
            keywords = keywords[: classified.start()]
            others.append(re.sub(r"\\(?:sep|MSC|PACS|JEL)(?![A-Za-z])", " ", classified[1]))
        self._fill(people, title, subtitle, abstract, keywords, notes, running, others)
        return self.front

    def _facts(self, command: Command) -> bool:
        """Take a date or a DOI; whether that is what the command says."""
        text = " ".join(command.argument.split()).strip("{} ")
        if command.name in DATES and (numbers := date_in(text)):
            kind = DATES.get(command.option.strip(), DATES[command.name])
            self.front.article.dates.append(Date(kind, *numbers))
        elif command.name in DOIS and (doi := DOI.search(text)):
            self.front.article.ids["doi"] = doi.group()
            self.front.said.append(doi.group())
        else:
            return False
        return True

    def _first(self, found: Iterable[Command], names: tuple[str, ...]) -> str:
        return next((each.argument for each in found if each.name in names), "")

    def _abstract(self, found: Iterable[Command]) -> str:
        written = self._first(found, ABSTRACTS)
        return written or self._environment(ABSTRACT_ENVIRONMENTS)

    def _keywords(self, found: Iterable[Command]) -> str:
        return self._first(found, KEYWORDS) or self._environment(KEYWORD_ENVIRONMENTS)

    def _environment(self, names: tuple[str, ...]) -> str:
        held = environment(self.front.text, *names)
        if held is None:
            return ""
        content, start, end = held
        self.front.text = blanked(self.front.text, start, end)
        return re.sub(r"^\s*\[[^\]]{0,200}\]", "", content)

    def _fill(
        self,
        people: People,
        title: str,
        subtitle: str,
        abstract: str,
        keywords: str,
        notes: list[str],
        running: list[str],
        others: list[str],
    ) -> None:
        names = [author.name for author in people.authors]
        places = [text for _, text in people.affiliations]
        words = [word for word in SPLIT.split(keywords) if word.strip()]
        if len(words) == 1:
            words = [word for word in words[0].split(",") if word.strip()]
        scraps = [title, subtitle, abstract, *names, *places, *words, *notes, *running, *others]
        converted = pieces.convert(scraps, self.macros)
        blocks = converted.blocks
        self.front.said += [each.text for each in converted.left_out]
        self.front.set_aside += converted.left_out
        at = 3
        article = self.front.article
        if title.strip():
            article.title = Title(
                self._inline(blocks[0], "article-title"), self._inline(blocks[1], "subtitle") if subtitle else None
            )
        if abstract.strip():
            content = self.mapper.blocks(blocks[2])
            for element in content:
                without_breaks(element)
            article.abstracts = [Abstract(flowing(content))]
        self.front.said += [source_text(blocks[index]) for index in range(3)]
        article.affiliations = self._affiliations([blocks[at + len(names) + n] for n in range(len(places))])
        article.contributors = [
            self._person(author, blocks[at + n], article.affiliations) for n, author in enumerate(people.authors)
        ]
        article.contributors = [person for person in article.contributors if person.written or person.collab]
        at += len(names) + len(places)
        made_words = [self._inline(blocks[at + n], "kwd") for n in range(len(words))]
        kept = [word for word in made_words if len(word) or word.text]
        if kept:
            article.keywords = [Keywords(kept)]
            self.front.said += [text_of(word) for word in kept]
        at += len(words)
        self._notes([blocks[at + n] for n in range(len(notes))], people)
        at += len(notes)
        for n in range(len(running) + len(others)):
            said = " ".join(source_text(blocks[at + n]).split())
            if said:
                self.front.said.append(said)
                self.front.set_aside.append(SetAside(1, said, "running title" if n < len(running) else UNHELD))

    def _inline(self, blocks: Nodes, tag: str) -> Element:
        made = trimmed(make(tag, self.mapper.inlines(inlines_of(blocks))))
        without_breaks(made)
        return made

    def _affiliations(self, blocks: list[Nodes]) -> list[Affiliation]:
        texts = [" ".join(source_text(each).split()).strip(" ,") for each in blocks]
        self.front.said += texts
        return [Affiliation(f"aff{number}", text) for number, text in enumerate(texts, 1)]

    def _person(self, author: Author, blocks: Nodes, affiliations: list[Affiliation]) -> Contributor:
        written = " ".join(source_text(blocks).split()).strip(" ,.*")
        self.front.said += [written, author.email, orcid_in(author.orcid)]
        ids = [affiliations[place].id for place in dict.fromkeys(author.affiliations) if affiliations[place].text]
        if author.is_group:
            return Contributor(collab=written, affiliations=ids)
        return Contributor(
            written=written, email=author.email, orcid=orcid_in(author.orcid), corresponding=author.corresponding,
            affiliations=ids,
        )  # fmt: skip

    def _notes(self, blocks: list[Nodes], people: People) -> None:
        """Thanks and correspondence as author notes."""
        made = []
        for each in blocks:
            content = [p if p.tag == "p" else make("p", p) for p in flowing(self.mapper.blocks(each))]
            if content:
                self.front.said.append(source_text(each))
                made.append(make("fn", content))
        if made:
            self.front.article.meta.append(make("author-notes", made))


def _without_notes(title: str) -> tuple[str, list[str]]:
    """A title without its notes, and they; words set small are one."""
    notes = [match[1] for match in SMALL.finditer(title)]
    title = SMALL.sub("", title)
    for command in list(commands(title, TITLE_NOTES))[::-1]:
        title = title[: command.start] + title[command.end :]
        notes += [command.argument] if command.name != "tnoteref" else []
    return title, notes[::-1]


def _every_name() -> frozenset[str]:
    return frozenset(
        [
            *NAMES,
            *TITLES,
            *SUBTITLES,
            *ABSTRACTS,
            *KEYWORDS,
            *RUNNING,
            *CORRESPONDENCE,
            *STATEMENTS,
            *OTHER,
            *DATES,
            *DOIS,
        ]
    )


def _start(command: Command) -> int:
    return command.start
