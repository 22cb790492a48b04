"""All that is made of one source, as files: what `build`, `build --watch` and `batch` put into `OUT/NAME/`."""

from collections.abc import Sequence
from pathlib import Path

from pipeline import build, report
from pipeline.build import Built
from pipeline.journal import Profile


def make_outputs(
    source: Path, profile: Profile, style: str, formats: Sequence[str], name: str = ""
) -> tuple[Built, dict[str, bytes]]:
    """The article of `source`, which findings call `name`, and its files by their names.

    Raises SourceError: the file cannot be read, or holds no article.
    """
    built = build.convert(source, profile, name)
    galleys = make_galleys(built, source.stem, profile, style, formats, source.parent)
    jats = {f"{source.stem}.xml": built.xml} if "xml" in formats else {}
    reports = {f"{source.stem}.{ending}": data for ending, data in report.files(built).items()}
    return built, jats | galleys | reports | built.media


def make_galleys(
    built: Built, name: str, profile: Profile, style: str, formats: Sequence[str], base: Path
) -> dict[str, bytes]:
    """What `formats` has beside the XML, made from the XML of `built` alone; `base` is the folder of its pictures."""
    galleys = [to for to in formats if to != "xml"]
    if galleys:
        build.render(built, galleys, profile, style, base)
    return {f"{name}.{to}": built.galleys[to] for to in galleys if to in built.galleys}
