"""Articles: build, convert, render, validate."""

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.commands.common import (
    GALLEYS,
    NAME,
    READABLE,
    depfile_option,
    draft_option,
    formats_option,
    journal_option,
    say,
    style_option,
)  # fmt: skip
from pipeline.errors import ExitCode, SourceError, UsageError

if TYPE_CHECKING:
    from pipeline.build import Built
    from pipeline.findings import Finding
    from pipeline.journal import Profile


@click.command()
@click.argument("sources", nargs=-1, required=True, type=READABLE, metavar="SOURCE...")
@click.option("--out", default="build", type=READABLE, help="Folder of the outputs.", show_default=True)
@journal_option
@style_option
@formats_option
@click.option("--watch", is_flag=True, help="Build again what changes, until Ctrl-C.")
@draft_option
@click.pass_context
def build(
    ctx: click.Context,
    sources: Sequence[Path],
    out: Path,
    journal_file: Path | None,
    style: str,
    formats: Sequence[str],
    watch: bool,
    draft: bool,
) -> None:
    """Build all outputs of articles into OUT/NAME/.

    \b
    Example: jats-pipeline build article.txt --journal journal.toml --to xml,pdf
    """
    from pipeline.journal import load_journal

    _refuse_equal_names(sources)
    if watch:
        _watch(sources, out, journal_file, style, formats, draft)
        ctx.exit(ExitCode.DONE)
    profile = load_journal(journal_file).as_draft(draft)
    codes = [_build_one(source, out, profile, style, formats) for source in sources]
    ctx.exit(max(codes))


def _watch(
    sources: Sequence[Path], out: Path, journal_file: Path | None, style: str, formats: Sequence[str], draft: bool
) -> None:
    from pipeline.watch import Job, watch

    with suppress(KeyboardInterrupt):
        watch(Job(sources, out, journal_file, style, formats, draft), say, _tell)


def _refuse_equal_names(sources: Sequence[Path]) -> None:
    names: dict[str, Path] = {}
    for source in sources:
        other = names.setdefault(source.stem, source)
        if other is not source:
            raise UsageError(f"{other} and {source} would both be built into {source.stem}/; rename one of them")


def _build_one(source: Path, out: Path, profile: "Profile", style: str, formats: Sequence[str]) -> int:
    """One article; an unreadable source is said and does not stop the others."""
    from pipeline.files import write_all
    from pipeline.outputs import make_outputs

    try:
        built, files = make_outputs(source, profile, style, formats)
    except SourceError as error:
        say(f"{NAME}: {error}")
        return int(error.exit_code)
    write_all({out / source.stem / name: data for name, data in files.items()})
    return _tell(built)


def _tell(built: "Built") -> int:
    """Findings an editor must act on, a line each; the exit code they make."""
    from pipeline.findings import Severity

    for finding in built.findings:
        if finding.severity is not Severity.INFO:
            say(str(finding))
    return int(ExitCode.ARTICLE_HAS_ERRORS if built.has_errors else ExitCode.DONE)


@click.command()
@click.argument("source", type=READABLE)
@click.option("-o", "--output", required=True, type=READABLE, metavar="NAME.xml", help="The JATS file to write.")
@journal_option
@click.option("--report", "with_report", is_flag=True, help="Write NAME.report.json and NAME.report.html beside it.")
@depfile_option
@click.pass_context
def convert(
    ctx: click.Context,
    source: Path,
    output: Path,
    journal_file: Path | None,
    with_report: bool,
    depfile: Path | None,
) -> None:
    """Convert one article to JATS.

    \b
    Example: jats-pipeline convert article.txt -o article.xml
    """
    from pipeline import build, report
    from pipeline.files import write_all
    from pipeline.journal import load_journal

    built = build.convert(source, load_journal(journal_file))
    reports = report.files(built) if with_report else {}
    beside = {output.with_suffix(f".{ending}"): data for ending, data in reports.items()}
    media = {output.parent / name: data for name, data in built.media.items()}
    own = {path.resolve() for path in built.inputs}
    media = {path: data for path, data in media.items() if path.resolve() not in own}
    used = _depfile(depfile, output, [*built.inputs, *([journal_file] if journal_file else [])])
    write_all({output: built.xml} | beside | media | used)
    ctx.exit(_tell(built))


def _depfile(depfile: Path | None, output: Path, inputs: Sequence[Path]) -> dict[Path, bytes]:
    """The make rule of an output, if it is asked for; what make cannot watch is said."""
    from pipeline.files import rule_for_make

    if depfile is None:
        return {}
    rule, unnamed = rule_for_make(output, inputs)
    for path in unnamed:
        say(f"{NAME}: {path}: make cannot hold this name, and will not see when the file changes; rename it")
    return {depfile: rule}


@click.command()
@click.argument("files", nargs=-1, required=True, type=READABLE, metavar="FILE.xml...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How to print the findings.",
    show_default=True,
)
@click.option(
    "--profile", "profiles", default="", metavar="LIST", help="Rules besides: crossref, doaj, jats4r, pmc, sps."
)
@journal_option
@click.pass_context
def validate(ctx: click.Context, files: Sequence[Path], form: str, profiles: str, journal_file: Path | None) -> None:
    """Check JATS files: the official DTD, ids, identifiers, what archives need.

    \b
    Example: jats-pipeline validate build/article/article.xml --profile jats4r,pmc
    """
    from pipeline import intake, validation
    from pipeline.findings import Severity
    from pipeline.journal import load_journal

    named = [name.strip() for name in profiles.split(",") if name.strip()]
    wanted = validation.chosen(named or load_journal(journal_file).profiles)

    code = ExitCode.DONE
    findings: list[Finding] = []
    for file in files:
        try:
            data = intake.read_bytes(file)
            findings += _with_source_lines(validation.check_file(file, data, wanted), file, data)
        except SourceError as error:
            say(f"{NAME}: {error}")
            code = ExitCode.UNREADABLE_SOURCE
    if form == "json":
        click.echo(json.dumps([finding.as_dict() for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            click.echo(str(finding))
    if any(finding.severity is Severity.ERROR for finding in findings):
        code = max(code, ExitCode.ARTICLE_HAS_ERRORS)
    ctx.exit(code)


def _with_source_lines(findings: "list[Finding]", file: Path, data: bytes) -> "list[Finding]":
    """The findings with lines of the source, where the report beside the XML names one that is still there."""
    from pipeline import intake, validation
    from pipeline.validation.parse import read_article

    try:
        source = Path(json.loads(file.with_suffix(".report.json").read_text(encoding="utf-8"))["source"])
        if not findings or not source.is_file():
            return findings
        return validation.in_source(findings, read_article(file, data), intake.open_source(source).blocks, source.name)
    except (OSError, ValueError, LookupError, TypeError, SourceError):
        return findings


@click.command()
@click.argument("file", type=READABLE, metavar="FILE.xml")
@click.option(
    "-o",
    "--output",
    required=True,
    type=READABLE,
    metavar="OUT",
    help="OUT.html, OUT.pdf, OUT.docx or OUT.epub; the ending says which.",
)
@style_option
@journal_option
@draft_option
@depfile_option
@click.pass_context
def render(
    ctx: click.Context,
    file: Path,
    output: Path,
    style: str,
    journal_file: Path | None,
    draft: bool,
    depfile: Path | None,
) -> None:
    """Render a JATS file as HTML, PDF, DOCX or EPUB.

    \b
    Example: jats-pipeline render article.xml -o article.pdf --style vancouver
    """
    from pipeline import build
    from pipeline.files import write_all
    from pipeline.journal import load_journal

    to = output.suffix.removeprefix(".").lower()
    if to not in GALLEYS:
        raise UsageError(f"{output}: name the output .html, .pdf, .docx or .epub")
    profile = load_journal(journal_file).as_draft(draft)
    built = build.open_xml(file, profile)
    build.render(built, [to], profile, style, file.parent)
    write_all({output: built.galleys[to]} | _depfile(depfile, output, [*built.inputs, *profile.files(style)]))
    ctx.exit(_tell(built))
