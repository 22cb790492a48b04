"""CSL items invented for training, of the kinds that labelled lists hold too few of.

Names, titles, journals and publishers are drawn from the labelled references, apart from each other;
sites, bodies and headlines from `materials.toml`. The same seed gives the same items.
"""

import random
import re
import tomllib
from collections.abc import Callable, Iterable
from importlib.resources import files
from typing import Any

from pipeline.references.names import split_names
from pipeline.references.train.corpus import Labelled

Item = dict[str, Any]

SHARES = {
    "journal": 20, "book": 9, "chapter": 13, "webpage": 16, "news": 9, "magazine": 3, "report": 9, "thesis": 4,
    "dataset": 2, "software": 2, "conference": 8, "entry": 2, "preprint": 2,
}  # fmt: skip
_SCRIPTS = {"ko": re.compile(r"[\uac00-\ud7a3]"), "zh": re.compile(r"[\u4e00-\u9fff]"), "ru": re.compile(r"[а-я]")}


class Inventor:
    """Draws items; `references` give the material."""

    def __init__(self, references: Iterable[Labelled], seed: int) -> None:
        self.random = random.Random(seed)
        tables = tomllib.loads((files(__package__) / "materials.toml").read_text("utf-8"))
        self.tables = {
            name: [entry.strip() for entry in listed.replace("\n", "").split("|")] for name, listed in tables.items()
        }
        self.law = False
        self.pool: dict[tuple[str, str], list[Any]] = {}
        for reference in references:
            self._take(reference)

    def _take(self, reference: Labelled) -> None:
        labels = {label for label, _, _ in reference.spans}
        for label, start, end in reference.spans:
            value = re.sub(r"\s+", " ", reference.text[start:end]).strip(" .,;:*\"'“”")
            if not 2 < len(value) < 200 or "<" in value or " ," in value or " ." in value:
                continue
            script = next((name for name, pattern in _SCRIPTS.items() if pattern.search(value)), "")
            if label == "author":
                people = [part for part in split_names(value, 0, len(value)) if part.label == "person"]
                for person in people:
                    name = {part.label: value[part.start : part.end] for part in person.parts}
                    if (
                        2 <= len(name["family"]) < 20
                        and not any(c.isdigit() for c in value)
                        and not name["family"].isupper()
                    ):
                        self.pool.setdefault(("name", script), []).append(
                            {k: name[k] for k in ("family", "given") if k in name}
                        )
            elif label == "container-title" and "volume" in labels and "publisher" not in labels:
                self.pool.setdefault(("journal", script), []).append(value)
            elif label == "title" and len(value) > 12:
                kind = "book" if "publisher" in labels and "container-title" not in labels else "title"
                self.pool.setdefault((kind, script), []).append(value)
            elif label in ("publisher", "location", "series"):
                self.pool.setdefault((label, script), []).append(value)

    def items(self, count: int, lang: str, law: bool = False) -> list[Item]:
        """`count` items; `law` takes most journals from among those of law."""
        kinds = self.random.choices(list(SHARES), weights=list(SHARES.values()), k=count)
        self.law = law
        return [self._item(kind, lang) for kind in kinds]

    def _item(self, kind: str, lang: str) -> Item:
        script = (
            lang
            if lang in _SCRIPTS and self._chance(0.7)
            else self.random.choice(list(_SCRIPTS))
            if self._chance(0.02)
            else ""
        )
        make: Callable[[str], Item] = getattr(self, f"_{kind}")
        item = {key: value for key, value in make(script).items() if value}
        if not self._chance(0.06):
            item.setdefault("issued", self._date(0.1))
        return item

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _draw(self, kind: str, script: str = "") -> Any:
        if kind in self.tables:
            return self.random.choice(self.tables[kind])
        return self.random.choice(self.pool.get((kind, script)) or self.pool[kind, ""])

    def _people(self, script: str, most: int = 7) -> list[dict[str, str]]:
        count = min(int(self.random.expovariate(0.45)) + 1, most)
        return [self.person(script) for _ in range(count)]

    def person(self, script: str = "") -> dict[str, str]:
        name = dict(self._draw("name", script))
        if self._chance(0.04):
            name["non-dropping-particle"] = self.random.choice(
                ["van", "van der", "de", "von", "de la", "da", "Di", "al-"]
            )
        return name

    def _body(self) -> str:
        if self._chance(0.55):
            body = str(self._draw("bodies"))
        else:
            body = self._filled(str(self._draw("patterns")), "subjects")
        if self._chance(0.12) and " " in body:
            short = "".join(word[0] for word in body.split() if word[0].isupper())
            return f"{short} ({body})" if self._chance(0.5) else f"{body} ({short})"
        return body

    def _filled(self, pattern: str, kind: str) -> str:
        return re.sub(r"\{\}", lambda _: str(self._draw(kind)), pattern)

    def _authors(self, script: str, bodies: float) -> list[dict[str, str]]:
        if self._chance(bodies):
            return [{"literal": self._body()} for _ in range(2 if self._chance(0.07) else 1)]
        return self._people(script)

    def _date(self, full: float, day: float = 0.85) -> Item:
        year = self.random.choice(
            [self.random.randint(1990, 2024), self.random.randint(2005, 2024), self.random.randint(1850, 2020)]
        )
        parts = [year]
        if self._chance(full):
            parts.append(self.random.randint(1, 12))
            if self._chance(day):
                parts.append(self.random.randint(1, 28))
        return {"date-parts": [parts]}

    def _accessed(self) -> Item:
        return {
            "date-parts": [[self.random.randint(1999, 2025), self.random.randint(1, 12), self.random.randint(1, 28)]]
        }

    def address(self) -> str:
        word = re.sub(r"[^a-z]", "", str(self._draw("sites")).lower()) or "example"
        path = "-".join(re.findall(r"[a-z]+", str(self._draw("title")).lower())[:6])
        domain = self.random.choice(["com", "org", "net", "gov", "co.uk", "de"])
        return f"https://www.{word}.{domain}/{self.random.randint(1, 9999)}/{path}"

    def _doi(self) -> str:
        beginning = self.random.choice(["s", "j.", "journal.", ""])
        return f"10.{self.random.randint(1000, 9999)}/{beginning}{self.random.randint(10**5, 10**9)}"

    def _pages(self) -> str:
        first = self.random.randint(1, 1800)
        return self.random.choice(
            [f"{first}-{first + self.random.randint(2, 40)}"] * 5 + [str(first), f"e{first}{first}"]
        )

    def _headline(self) -> str:
        headline = self._filled(str(self._draw("headlines")), "topics")
        return headline[:1].upper() + headline[1:]

    def _journal(self, script: str) -> Item:
        journal = self._draw("law") if self.law and self._chance(0.6) else self._draw("journal", script)
        return {
            "type": "article-journal",
            "author": self._authors(script, 0.03),
            "title": self._draw("title", script),
            "container-title": journal,
            "page": self._chance(0.9) and self._pages(),
            "volume": self._chance(0.92) and str(self.random.randint(1, 180)),
            "issue": self._chance(0.6)
            and self.random.choice([str(self.random.randint(1, 12)), "1-2", "Suppl. 1", "2020"]),
            "DOI": self._chance(0.4) and self._doi(),
            "URL": self._chance(0.05) and self.address(),
        }

    def _book(self, script: str) -> Item:
        return {
            "type": "book",
            "title": self._draw("book", script),
            "publisher": self._draw("publisher", script),
            "publisher-place": self._chance(0.7) and self._draw("location", script),
            "edition": self._chance(0.2) and str(self.random.randint(2, 9)),
            "collection-title": self._chance(0.1) and self._draw("series"),
            "volume": self._chance(0.06) and str(self.random.randint(1, 9)),
            "translator": self._chance(0.07) and [self.person("")],
        } | ({"editor": self._people(script, 3)} if self._chance(0.15) else {"author": self._authors(script, 0.1)})

    def _chapter(self, script: str) -> Item:
        return {
            "type": "chapter",
            "author": self._authors(script, 0.02),
            "title": self._draw("title", script),
            "container-title": self._draw("book", script),
            "editor": self._chance(0.8) and self._people(script, 4),
            "page": self._chance(0.85) and self._pages(),
            "publisher": self._draw("publisher", script),
            "publisher-place": self._chance(0.6) and self._draw("location", script),
            "edition": self._chance(0.08) and str(self.random.randint(2, 5)),
            "collection-title": self._chance(0.08) and self._draw("series"),
            "volume": self._chance(0.05) and str(self.random.randint(1, 9)),
        }

    def _webpage(self, script: str) -> Item:
        body = self._body() if self._chance(0.5) else ""
        site = (
            body.partition(" (")[0]
            if body and self._chance(0.3)
            else self._body()
            if self._chance(0.35)
            else self._draw("sites")
        )
        if self._chance(0.05):
            site = f"{site} |" if self._chance(0.5) else f"{self._draw('subjects')} | {site}"
        if self._chance(0.1):
            plain = site.replace(" ", "").lower()
            site = self.random.choice([site.upper(), plain, plain.capitalize(), f"{plain}.org", f"{plain}.com"])
        title = self._headline() if self._chance(0.65) else self._draw("title", script)
        if self._chance(0.08):
            title += f" {self.random.choice('|–-')} {site}"
        return {
            "type": self.random.choice(["webpage"] * 4 + ["post-weblog"]),
            "title": title,
            "author": [{"literal": body}] if body else self._chance(0.9) and self._people(script, 3),
            "container-title": self._chance(0.88) and site,
            "issued": self._date(0.8),
            "URL": self._chance(0.9) and self.address(),
            "accessed": self._chance(0.65) and self._accessed(),
        }

    def _news(self, script: str) -> Item:
        return {
            "type": "article-newspaper",
            "author": self._chance(0.85) and self._authors(script, 0.12),
            "title": self._headline() if self._chance(0.6) else self._draw("title", script),
            "container-title": self._draw("sites"),
            "issued": self._date(0.95),
            "page": self._chance(0.2) and self.random.choice(["A1", "B4", "12", "3-4", "7"]),
            "URL": self._chance(0.6) and self.address(),
            "accessed": self._chance(0.4) and self._accessed(),
        }

    def _magazine(self, script: str) -> Item:
        volume = self._chance(0.5) and str(self.random.randint(1, 200))
        return self._news(script) | {
            "type": "article-magazine",
            "volume": volume,
            "page": self._chance(0.5) and self._pages(),
        }

    def _report(self, script: str) -> Item:
        body = self._body()
        publisher = self._body() if self._chance(0.6) else self._draw("publisher")
        return {
            "type": "report",
            "author": [{"literal": body}] if self._chance(0.65) else self._people(script),
            "title": self._headline() if self._chance(0.3) else self._draw("book", script),
            "publisher": body.partition(" (")[0] if self._chance(0.2) else self._chance(0.7) and publisher,
            "publisher-place": self._chance(0.3) and self._draw("location"),
            "genre": self._chance(0.3) and self._draw("reports"),
            "URL": self._chance(0.4) and self.address(),
            "accessed": self._chance(0.15) and self._accessed(),
            "issued": self._date(0.2, 0.25),
        }

    def _thesis(self, script: str) -> Item:
        return {
            "type": "thesis",
            "author": [self.person(script)],
            "title": self._draw("title", script),
            "genre": self._draw("theses"),
            "publisher": self._draw("universities"),
            "publisher-place": self._chance(0.3) and self._draw("location"),
            "URL": self._chance(0.2) and self.address(),
        }

    def _dataset(self, script: str) -> Item:
        return {
            "type": "dataset",
            "author": self._authors(script, 0.5),
            "title": self._draw("title", script),
            "publisher": self.random.choice(
                ["Zenodo", "Dryad", "figshare", "Harvard Dataverse", "UK Data Archive", "PANGAEA", "ICPSR"]
            ),
            "DOI": self._doi(),
        }

    def _software(self, script: str) -> Item:
        return {
            "type": "software",
            "author": self._authors(script, 0.6),
            "title": self._draw("software"),
            "publisher": self._chance(0.5) and self._body(),
            "URL": self._chance(0.7) and self.address(),
            "accessed": self._chance(0.3) and self._accessed(),
        }

    def _conference(self, script: str) -> Item:
        pattern = str(self._draw("conferences")).replace("{}", str(self.random.randint(1, 40)), 1)
        return {
            "type": "paper-conference",
            "author": self._people(script),
            "title": self._draw("title", script),
            "container-title": self._filled(pattern, "subjects"),
            "page": self._chance(0.7) and self._pages(),
            "publisher": self._chance(0.5)
            and self.random.choice(["ACM", "IEEE", "Springer", "AAAI Press", "ACL", "SPIE", "Elsevier"]),
            "publisher-place": self._chance(0.4) and self._draw("location"),
            "DOI": self._chance(0.3) and self._doi(),
            "editor": self._chance(0.15) and self._people(script, 3),
            "collection-title": self._chance(0.1) and "Lecture Notes in Computer Science",
        }

    def _entry(self, script: str) -> Item:
        kinds = ["Encyclopedia", "The international encyclopedia", "Handbook", "The Oxford handbook", "Dictionary"]
        return self._chapter(script) | {
            "type": "entry-encyclopedia",
            "title": str(self._draw("subjects")).capitalize(),
            "container-title": f"{self.random.choice(kinds)} of {self._draw('subjects')}",
        }

    def _preprint(self, script: str) -> Item:
        return {
            "type": "article",
            "author": self._people(script),
            "title": self._draw("title", script),
            "publisher": self.random.choice(["arXiv", "bioRxiv", "SSRN", "medRxiv", "PsyArXiv"]),
            "DOI": self._chance(0.5) and self._doi(),
            "URL": self._chance(0.4) and self.address(),
        }
