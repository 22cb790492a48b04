"""What commands share: options, the one way to speak to the user."""

from pathlib import Path

import click

from pipeline.findings import one_line

NAME = "jats-pipeline"
GALLEYS = ("html", "pdf", "docx", "epub")
FORMATS = ("xml", *GALLEYS)
READABLE = click.Path(path_type=Path)


def say(line: str) -> None:
    """One line on stderr."""
    click.echo(one_line(line), err=True)


def split_formats(ctx: click.Context, parameter: click.Parameter, value: str) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))
    unknown = next((part for part in chosen if part not in FORMATS), None)
    if unknown or not chosen:
        raise click.BadParameter(f"{unknown or value!r} is none of {', '.join(FORMATS)}")
    return chosen


journal_option = click.option(
    "--journal", "journal_file", type=READABLE, metavar="FILE", help="The journal's facts, journal.toml."
)
style_option = click.option(
    "--style",
    default="",
    metavar="CSL",
    help="Citation style: a name or a .csl file. [default: the journal's, else as the text cites]",
)
draft_option = click.option(
    "--draft", is_flag=True, help="Mark the galleys as a draft; PDF and DOCX with numbered lines."
)
depfile_option = click.option(
    "--depfile", type=READABLE, hidden=True, help="Write a make rule with the files that were used."
)
formats_option = click.option(
    "--to",
    "formats",
    default="xml,html,pdf,docx",
    callback=split_formats,
    metavar="LIST",
    help="Formats, comma-separated: xml, html, pdf, docx, epub.",
    show_default=True,
)
