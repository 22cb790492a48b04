"""References put together from `patterns.toml`: legal notes, lists of social science, of physics, in other scripts."""

import random
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files

from pipeline.references.train.corpus import Labelled
from pipeline.references.train.invent import Inventor

Fields = list[tuple[str, int, int]]

_PART = re.compile(r"\{(?P<label>[a-z-]*)=(?P<material>\w+)(?P<group>\+?)\}")
_OPTIONAL = re.compile(r"<([^<>]*)>")
_MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split(),
}
_FOLLOWING = {
    "de": ("", "", " f.", " ff.", "f.", "ff."),
    "en": ("", "", "", "-{}", "–{}"),
    "fr": ("", "", " s.", " et s.", "-{}"),
}
_LISTED = ("/", "; ", " und ", " and ")
_JOINED = {
    "de": ("/", "/", ", ", " und ", "; "),
    "en": (" and ", " & ", ", "),
    "fr": (" et ", ", "),
    "it": (", ", " e ", " – "),
}


class Patterns:
    """Draws references of a language; names and titles come from the labelled references, by way of `inventor`."""

    def __init__(self, references: Sequence[Labelled], inventor: Inventor, seed: int) -> None:
        data = tomllib.loads((files(__package__) / "patterns.toml").read_text("utf-8"))
        self.legal: dict[str, list[str]] = data["legal"]
        self.social: dict[str, list[str]] = data["social"]
        self.world: dict[str, list[str]] = data["world"]
        self.lists: dict[str, list[str]] = {name: listed.split("|") for name, listed in data["lists"].items()}
        self.random = random.Random(seed)
        self.inventor = inventor
        self.titles = _titles(references)
        self.lang = ""

    def references(self, footnotes: int, entries: int, others: int) -> Iterator[Labelled]:
        """`footnotes` with one to three works each, `entries` of lists, and `others` of physics or in other scripts."""
        for number in range(footnotes):
            self.lang = self.random.choices(list(self.legal), weights=(5, 4, 1, 1))[0]
            yield self._labelled(*self._footnote(), f"footnote/{number}")
        for number in range(entries):
            self.lang = self.random.choices(list(self.social), weights=(3, 1))[0]
            text, fields = self._filled(self.random.choice(self.social[self.lang]))
            yield self._labelled(text + self.random.choice([".", ".", ""]), fields, f"social/{number}")
        for number in range(others):
            self.lang = self.random.choice(list(self.world))
            text, fields = self._filled(self.random.choice(self.world[self.lang]))
            ends = [""] if text[-1] in "。." else [".", ".", ""]
            yield self._labelled(text + self.random.choice(ends), fields, f"world/{number}")

    def _labelled(self, text: str, fields: Fields, document: str) -> Labelled:
        return Labelled(text, tuple(fields), "rendered", self.lang, document)

    def _footnote(self) -> tuple[str, Fields]:
        text, fields = "", list[tuple[str, int, int]]()
        if self._chance(0.3):
            text = f"{self.random.randint(1, 250)} "
            fields.append(("label", 0, len(text) - 1))
        if self._chance(0.4):
            text += self._one(f"signal_{self.lang}")
        for number in range(self.random.choice([1, 1, 1, 1, 2, 2, 3])):
            text += self.random.choice(["; ", "; ", "; vgl. auch ", ". "]) if number else ""
            part, found = self._filled(self.random.choice(self.legal[self.lang]))
            fields += [(label, start + len(text), end + len(text)) for label, start, end in found]
            text += part
        return text + self.random.choice([".", ".", ""]), fields

    def _filled(self, pattern: str) -> tuple[str, Fields]:
        pattern = _OPTIONAL.sub(lambda part: part[1] if self._chance(0.5) else "", pattern)
        text, fields, position = "", list[tuple[str, int, int]](), 0
        for part in _PART.finditer(pattern):
            text += pattern[position : part.start()]
            value = self._material(part["material"], bool(part["group"]))
            if part["label"] and value:
                fields.append((part["label"], len(text), len(text) + len(value)))
            text += value
            position = part.end()
        return text + pattern[position:], fields

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _one(self, name: str) -> str:
        return self.random.choice(self.lists[name])

    def _material(self, name: str, group: bool) -> str:
        if name in ("f", "fg", "gf", "fi", "if", "caps", "iop"):
            return self._people(name, group)
        if name in self.lists:
            return self._filled(self._one(name))[0]
        make: Callable[[], str] = getattr(self, f"_{name}")
        value: str = make()
        return value

    def _people(self, form: str, group: bool) -> str:
        count = self.random.choice([1, 1, 1, 1, 2, 2, 3]) if group else 1
        names = [self._person(form) for _ in range(count)]
        joined = _LISTED if form in ("fg", "fi") else (", ",) if form == "caps" else _JOINED[self.lang]
        last = self.random.choice(joined)
        between = last if "/" in last or ";" in last else ", "
        people = last.join([between.join(names[:-1]), names[-1]] if names[1:] else names)
        return people + (" u.a." if self.lang == "de" and group and self._chance(0.05) else "")

    def _person(self, form: str) -> str:
        name = self.inventor.person()
        family, given = name["family"], name.get("given", "")
        if form in ("caps", "iop"):
            initials = " ".join(word[0] for word in re.findall(r"[^\W\d_]+", given))
            return f"{family.upper() if form == 'caps' and self._chance(0.6) else family} {initials}".strip()
        if "i" in form:
            given = " ".join(f"{word[0]}." for word in re.findall(r"[^\W\d_]+", given))
        if form == "f" or not given:
            return family.upper() if self._chance(0.04) else family
        return f"{family}, {given}" if form[0] == "f" else f"{given} {family}"

    def _title(self) -> str:
        return self.random.choice(self.titles[self.lang, "title"])

    def _book(self) -> str:
        return self.random.choice(self.titles[self.lang, "book"])

    def _title_en(self) -> str:
        return self.random.choice(self.titles["en", "title"])

    def _book_en(self) -> str:
        return self.random.choice(self.titles["en", "book"])

    def _year(self) -> str:
        return f"{self.random.randint(1950, 2022)}{self.random.choice(['a', 'b', *[''] * 20])}"

    def _page(self) -> str:
        return str(self.random.randint(1, 900))

    def _pages(self) -> str:
        first = self.random.randint(1, 900)
        return f"{first}{self.random.choice(['-', '-', '–', ' - '])}{first + self.random.randint(2, 40)}"

    def _pin_de(self) -> str:
        return self._pin("de")

    def _pin_en(self) -> str:
        return self._pin("en")

    def _pin_fr(self) -> str:
        return self._pin("fr")

    def _pin(self, lang: str) -> str:
        first = self.random.randint(1, 900)
        return f"{first}{self.random.choice(_FOLLOWING[lang])}".replace("{}", str(first + self.random.randint(1, 30)))

    def _located(self) -> str:
        return self._pages() if self._chance(0.4) else str(self.random.randint(1, 99_999))

    def _small(self) -> str:
        return str(self.random.randint(1, 12))

    def _volume(self) -> str:
        return str(self.random.randint(1, 140))

    def _roman(self) -> str:
        return self.random.choice("I II III IV V VI VII VIII IX X XI XII XIV XV XX XXI XXX XLII".split())

    def _iso(self) -> str:
        return f"{self.random.randint(1990, 2024)}-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"

    def _date_ru(self) -> str:
        return f"{self.random.randint(1, 28):02}.{self.random.randint(1, 12):02}.{self.random.randint(2005, 2024)}"

    def _date_de(self) -> str:
        day, month = self.random.randint(1, 28), self.random.randint(1, 12)
        written = f"{month}." if self._chance(0.6) else f" {_MONTHS['de'][month - 1]} "
        return f"{day}.{written}{self.random.randint(1952, 2022)}"

    def _date_fr(self) -> str:
        return f"{self.random.randint(1, 28)} {self.random.choice(_MONTHS['fr'])} {self.random.randint(1952, 2022)}"

    def _date_it(self) -> str:
        return f"{self.random.randint(1, 28)} {self.random.choice(_MONTHS['it'])} {self.random.randint(1952, 2022)}"

    def _case_us(self) -> str:
        return f"{self._party()} v. {self._party()}"

    def _case_uk(self) -> str:
        return f"{self._party()} v {self._party()}"

    def _party(self) -> str:
        return self._one("parties") if self._chance(0.35) else self.inventor.person()["family"]

    def _url(self) -> str:
        return self.inventor.address()


def _titles(references: Sequence[Labelled]) -> dict[tuple[str, str], list[str]]:
    """Titles by language and whether the work is a book; what has no language is taken as English."""
    found: dict[tuple[str, str], list[str]] = {}
    for reference in references:
        labels = {label for label, _, _ in reference.spans}
        kind = "book" if "publisher" in labels and "container-title" not in labels else "title"
        for label, start, end in reference.spans:
            value = re.sub(r"\s+", " ", reference.text[start:end]).strip(" .,;:*\"'“”«»")
            if label == "title" and 12 < len(value) < 160 and "<" not in value and " ," not in value:
                found.setdefault((reference.lang, kind), []).append(value)
    return found
