"""`python -m tests.evaluate.manuscripts CORPUS [--of LAYOUT] [--only NAME] [--keep FOLDER]`: scores by layout.

CORPUS holds `fulltext/`: JATS of publishers. Of each, a manuscript is made in every layout and read again.
"""

import argparse
import shutil
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from statistics import mean

from rich.console import Console
from rich.table import Table

from pipeline.build import convert
from pipeline.errors import PipelineError
from pipeline.intake.markup.nodes import source_text
from pipeline.journal import Profile
from pipeline.validation.conservation import strings_of
from pipeline.words import words
from tests.evaluate import read, score
from tests.evaluate.manuscripts import article, markdown_layouts, other_layouts, page_layouts, tex_layouts, word_layouts
from tests.evaluate.manuscripts.article import Manuscript

MODULES = (word_layouts, markdown_layouts, tex_layouts, page_layouts, other_layouts)
LAYOUTS = {name: layout for module in MODULES for name, layout in module.LAYOUTS.items()}
ENDINGS = (".docx", ".odt", ".rtf", ".md", ".qmd", ".tex", ".html", ".epub", ".org", ".rst", ".typ")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.evaluate.manuscripts", description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--of", action="append", help="layouts whose names begin so")
    parser.add_argument("--only", action="append", help="articles whose names begin so")
    parser.add_argument("--keep", type=Path, help="folder for the manuscripts, the XML and what is lacking")
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp())
    made_here = [name for name in LAYOUTS if shutil.which("soffice") or name not in word_layouts.BY_OFFICE]
    chosen = [name for name in made_here if not options.of or name.startswith(tuple(options.of))]
    paths = sorted((options.corpus / "fulltext").glob("*.xml"))
    made = [article.read(path) for path in paths if not options.only or path.name.startswith(tuple(options.only))]
    console = Console(width=250)
    table = Table("layout")
    rows = {layout: [evaluate(each, layout, folder / layout / each.name) for each in made] for layout in chosen}
    fields = list(dict.fromkeys(name for row in rows.values() for scores in row for name in scores))
    for name in fields:
        table.add_column(name[:9], justify="right")
    for layout, row in rows.items():
        table.add_row(layout, *(_shown(name, [each[name] for each in row if name in each]) for name in fields))
    table.add_section()
    every = [scores for row in rows.values() for scores in row]
    table.add_row("ALL", *(_shown(name, [each[name] for each in every if name in each]) for name in fields))
    console.print(table)


def _shown(name: str, values: Iterable[float]) -> str:
    values = list(values)
    if not values:
        return ""
    return f"{sum(values):.0f}" if name.isupper() else f"{mean(values):.2f}"


def evaluate(each: Manuscript, layout: str, folder: Path) -> dict[str, float]:
    """The scores of one manuscript; `said` beside it tells what is wrong."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "images").mkdir(exist_ok=True)
    for name, data in (LAYOUTS[layout](each) | each.pictures).items():
        (folder / name).write_bytes(data)
    path = next(path for path in sorted(folder.iterdir()) if path.stem == "paper" and path.suffix in ENDINGS)
    try:
        built = convert(path, Profile())
    except PipelineError as error:
        (folder / "said").write_text(str(error), "utf-8")
        return {"REFUSED": 1.0}
    except Exception:
        (folder / "said").write_text(traceback.format_exc(), "utf-8")
        return {"CRASHED": 1.0}
    (folder / "paper.xml").write_bytes(built.xml)
    root = read.parse(built.xml)
    scores = _scores(each, root)
    if layout.startswith(("tex", "org", "typst", "rtf", "odt")):
        del scores["alt"]
    if layout.startswith(("rtf", "odt", "docx-office")):
        del scores["eq"]
    if layout in ("md-yaml", "rst", "org-each", "org"):
        del scores["places"]
    if list(folder.glob("*.bib")) or (folder / "refs.json").exists():
        cited = {
            one["citationId"] for node in article.descendants(each.body) if node["t"] == "Cite" for one in node["c"][0]
        }
        scores["refs"] = score.near(
            len(root.findall(".//ref-list/ref")), len(cited & {item["id"] for item in each.items})
        )
    wanted = Counter(words(said(each)))
    kept = Counter(words(strings_of(root) + "\n".join(item.text for item in built.conservation.set_aside)))  # type: ignore[union-attr]
    away = sorted((wanted - kept).elements())
    scores |= {"REFUSED": 0.0, "AWAY": float(len(away)), "LOST": float(len(built.conservation.missing)),  # type: ignore[union-attr]
               "INVALID": float(any(finding.code == "dtd" for finding in built.findings))}  # fmt: skip
    if not each.abstract:
        del scores["abstract"]
    lines = [f"{name}: {value}" for name, value in scores.items()] + [f"away: {away}", *map(str, built.findings)]
    lines.append(f"authors: {read.authors(root)}\n  {[(p.family, p.given) for p in each.people]}")
    lines.append(f"title: {read.plain(root, 'front/article-meta/title-group/article-title')}\n  {each.title}")
    lines.append(f"places: {read.affiliations(root)}\n  {each.places}\n  {[p.places for p in each.people]}")
    lines.append(f"abstract: {_ends(read.abstract(root))}\n  {_ends(' '.join(each.abstract))}")
    lines.append(f"keywords: {read.keywords(root)}\n  {each.keywords}")
    (folder / "said").write_text("\n".join(lines), "utf-8")
    return scores


def _ends(text: str) -> str:
    return f"{text[:200]} … {text[-60:]}"


def said(each: Manuscript) -> str:
    """The words of a manuscript, but for formulas and what pandoc prints for a citation."""
    front = [each.title, *(person.name for person in each.people), *each.abstract, *each.keywords]
    return "\n".join(
        [
            *front,
            source_text(
                article.mapped(each.body, lambda node: [] if node["t"] in ("Math", "RawInline", "Image") else [node])
            ),
        ]
    )


def _scores(each: Manuscript, root: article.Element) -> dict[str, float]:
    meta = "front/article-meta/"
    bare = list(article.descendants(each.body))
    counts = Counter(node["t"] for node in bare)
    tables = counts["Table"]
    people = [score._key(person.family, person.given) for person in each.people]
    found = [score._key(*name) for name in read.authors(root)]
    places = {"authors": [{"affiliations": [each.places[n - 1] for n in person.places]} for person in each.people]}
    abstract = words(" ".join(each.abstract))
    mine = read.counts(root)
    titles = [article.text_of_nodes(block["c"][2]) for block in each.body if block["t"] == "Header"]
    headings = [
        {"printed": title, "level": block["c"][0]}
        for title, block in zip(titles, [b for b in each.body if b["t"] == "Header"], strict=True)
    ]
    return {
        "title": score.same(read.plain(root, meta + "title-group/article-title"), each.title),
        "authors": float(people == found),
        "names": score.overlap(found, people),
        "places": score._affiliations(root, places),
        "abstract": float(words(read.abstract(root)) == abstract),
        "keywords": score.overlap(score._each(read.keywords(root)), score._each(each.keywords)),
        "refs": score.near(len(root.findall(".//ref-list/ref")), len(each.references)),
        "headings": score.headings(read.headings(root), headings)[0],
        "fig": float(len(root.findall(".//graphic")) + len(root.findall(".//inline-graphic")) >= len(each.pictures)),
        "tab": float(mine["tab"] >= tables),
        "fn": float(len(root.findall(".//fn")) >= counts["Note"]),
        "eq": float(len(root.findall(".//disp-formula")) + len(root.findall(".//inline-formula")) >= counts["Math"]),
        "alt": float(all(e.find("alt-text") is not None for e in root.iter("graphic"))),
    }


if __name__ == "__main__":
    main()
