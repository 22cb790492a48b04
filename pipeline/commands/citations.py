"""References and citations on their own: references, cite, styles."""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.commands.common import READABLE
from pipeline.errors import SourceError, UsageError

if TYPE_CHECKING:
    from pipeline.article import Reference


@click.command()
@click.argument("file", default="-", type=READABLE, metavar="[FILE|-]")
@click.option(
    "--to",
    type=click.Choice(["csl-json", "bibtex", "jats", "spans"]),
    default="csl-json",
    help="What to print.",
    show_default=True,
)
def references(file: Path, to: str) -> None:
    """Read reference strings, one a line.

    \b
    Example: jats-pipeline references refs.txt --to bibtex
    """
    from pipeline import references as room
    from pipeline.intake.decode import decode

    data = sys.stdin.buffer.read() if str(file) == "-" else _bytes_of(file)
    text, _ = decode(data, str(file))
    lines = text.removesuffix("\n").split("\n") if text else []
    with room.collector_at_rest():
        printed, said = _read(lines, str(file), to)
    if said:
        click.echo("\n".join(said), err=True)
    click.echo(printed, nl=False)


def _read(lines: Sequence[str], file: str, to: str) -> tuple[str, list[str]]:
    """The references of `lines` in the format `to`, and the findings as they are printed."""
    from pipeline import references as room
    from pipeline.article import Reference

    read, findings = room.parse([Reference(text=line.strip(), line=n) for n, line in enumerate(lines, 1)])
    return _writer(to)(read), [str(replace(finding, file=file)) for finding in findings]


def _writer(to: str) -> Callable[[Sequence["Reference"]], str]:
    if to == "jats":
        from pipeline.jats.citation import write_list

        return write_list
    from pipeline.references import export

    return {"csl-json": export.csl_json, "bibtex": export.bibtex, "spans": export.spans}[to]


def _bytes_of(file: Path) -> bytes:
    from pipeline import intake

    return intake.read_bytes(file)


@click.command()
@click.argument("items", type=READABLE, metavar="ITEMS.json")
@click.option("--clusters", type=READABLE, metavar="FILE", help="Citations in the order of the text (JSON).")
@click.option("--style", required=True, metavar="CSL", help="Citation style: a name or a .csl file.")
@click.option("--locale", metavar="xx-XX", help="Language of terms and dates. [default: the style's]")
@click.option(
    "--engine",
    type=click.Choice(["auto", "citeproc-py", "pandoc"]),
    default="auto",
    show_default=True,
    help="Processor.",
)
@click.option("--to", type=click.Choice(["html", "text"]), default="html", show_default=True, help="Markup.")
def cite(items: Path, clusters: Path | None, style: str, locale: str | None, engine: str, to: str) -> None:
    """Format CSL-JSON items and citations in a style.

    \b
    Example: jats-pipeline cite items.json --style vancouver --to text
    """
    from pipeline import bibliography

    given = _json_of(clusters) if clusters else []
    made = bibliography.cite(_json_of(items), given, style, locale, engine, to)
    click.echo(json.dumps(made, ensure_ascii=False, indent=2))


def _json_of(file: Path) -> Any:
    try:
        return _printable(json.loads(_bytes_of(file)))
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{file}: not valid JSON: {error}") from None


def _printable(given: Any) -> Any:
    """`given` without the half pairs of surrogates that JSON can name and no encoding can hold."""
    text = json.dumps(given, ensure_ascii=False)
    return json.loads(text.encode(errors="replace")) if not text.isascii() else given


@click.command()
@click.argument("query", default="")
def styles(query: str) -> None:
    """Search the citation styles by name, field or parent, with an entry in each.

    \b
    Example: jats-pipeline styles vancouver
    """
    from pipeline.bibliography import styles as known

    found = known.search(query)
    if not found:
        raise UsageError(f"no style matches {query!r}; try a part of its name, or a field such as medicine")
    for info in found:
        facts = [info.format, f"as {info.parent}" if info.parent else "", "verified" if info.verified else ""]
        click.echo(f"{info.name}: {info.title} ({', '.join(fact for fact in facts if fact)})")
        click.echo(f"  {known.sample(info.name)}")
