"""Archives and registries: deposit, rules."""

from collections.abc import Sequence
from pathlib import Path

import click

from pipeline.commands.common import READABLE, journal_option, say
from pipeline.errors import ExitCode

TARGETS = ("crossref", "pmc", "meca", "doaj", "pubmed", "datacite", "bagit", "ojs", "issue")


@click.command()
@click.argument("files", nargs=-1, required=True, type=READABLE, metavar="FILE.xml...")
@click.option("--to", type=click.Choice(TARGETS), required=True, help="Whom the package is for.")
@click.option("-o", "--output", required=True, type=READABLE, metavar="FILE", help="The package to write.")
@journal_option
@click.pass_context
def deposit(ctx: click.Context, files: Sequence[Path], to: str, output: Path, journal_file: Path | None) -> None:
    """Package articles for an archive or registry; several FILEs are one issue.

    \b
    Example: jats-pipeline deposit build/*/*.xml --to crossref -o batch.xml --journal journal.toml
    """
    from pipeline import deposit as room
    from pipeline import intake
    from pipeline.files import write_whole
    from pipeline.journal import load_journal

    profile = load_journal(journal_file)
    records = [room.open_record(file, intake.read_bytes(file, profile.limits.source_bytes), profile) for file in files]
    package = room.deposit(records, to, output)
    for finding in package.findings:
        say(str(finding))
    if package.data is None:
        ctx.exit(int(ExitCode.ARTICLE_HAS_ERRORS))
    write_whole(output, package.data)


@click.command()
def rules() -> None:
    """Print the rules of every profile that `validate` knows, as Markdown.

    \b
    Example: jats-pipeline rules > docs/rules.md
    """
    from pipeline.validation.profiles import document

    click.echo(document(), nl=False)
