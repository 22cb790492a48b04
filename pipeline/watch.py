"""Build again what changed, for the editor at work: `build --watch`.

The files are asked for their times some times a second. That works on every system and on every kind of disk, with
every editor, and a few hundred files cost nothing; what tells of changes at once is not needed for one pair of eyes.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline import validation
from pipeline.build import Built, open_xml
from pipeline.errors import PipelineError
from pipeline.files import write_all, write_whole
from pipeline.journal import Profile, load_journal
from pipeline.outputs import make_galleys, make_outputs

INTERVAL = 0.3
Stamps = dict[Path, tuple[int, int] | None]


@dataclass(slots=True)
class Job:
    """What to build, and how: the options of `build`."""

    sources: Sequence[Path]
    out: Path
    journal_file: Path | None
    style: str
    formats: Sequence[str]
    draft: bool = False


@dataclass(slots=True)
class Watched:
    """An article, and the files its XML (`text`) and its galleys (`look`, `xml`) were made from, as they were then.

    `ours` is the XML as it was made here, `xml` as the galleys were made from.
    """

    source: Path
    folder: Path
    text: Stamps = field(default_factory=dict)
    look: Stamps = field(default_factory=dict)
    xml: Stamps = field(default_factory=dict)
    ours: Stamps = field(default_factory=dict)

    @property
    def xml_file(self) -> Path:
        return self.folder / f"{self.source.stem}.xml"


def watch(job: Job, say: Callable[[str], None], tell: Callable[[Built], object]) -> None:
    """Build all, then again what changes, until interrupted; `tell` is given what was built."""
    desk = Desk(job, say, tell)
    desk.start()
    while True:
        time.sleep(INTERVAL)
        desk.look()


class Desk:
    """The articles that are watched; `look` builds what changed since the last look and has come to rest."""

    def __init__(self, job: Job, say: Callable[[str], None], tell: Callable[[Built], object]) -> None:
        self.job, self.say, self.tell = job, say, tell
        self.profile = Profile()
        self.articles = [Watched(source, job.out / source.stem) for source in job.sources]
        self.seen: Stamps = {}

    def start(self) -> None:
        """Raises UsageError: the journal file is wrong."""
        self.profile = load_journal(self.job.journal_file).as_draft(self.job.draft)
        for article in self.articles:
            self._try(self._make_all, article, "")
        self.say(f"watching {', '.join(map(str, self.job.sources))}; Ctrl-C ends it")

    def look(self) -> None:
        before, self.seen = (
            self.seen,
            _stamps(path for each in self.articles for path in (*each.text, *each.look, *each.xml)),
        )
        if self.seen != before:  # something is being written still
            return
        for article in self.articles:
            text, look, xml = (self._changed(known) for known in (article.text, article.look, article.xml))
            if text:
                self._try(self._make_all, article, _named(text))
            elif look or xml:
                self._try(self._make_galleys, article, _named([*look, *xml]))

    def _changed(self, known: Stamps) -> list[Path]:
        return [path for path, stamp in known.items() if self.seen.get(path) != stamp]

    def _try(self, make: Callable[[Watched], tuple[Built, list[str]]], article: Watched, why: str) -> None:
        start = time.monotonic()
        try:
            built, made = make(article)
        except PipelineError as error:
            self.say(f"{why}{error}")
            return
        self.say(f"{why}made {', '.join(made)} in {time.monotonic() - start:.1f} s")
        self.tell(built)

    def _make_all(self, article: Watched) -> tuple[Built, list[str]]:
        job = self.job
        journal = [job.journal_file] if job.journal_file else []
        first = _stamps([article.source, article.source.with_suffix(".toml"), *journal])
        article.text |= first
        self.profile = load_journal(job.journal_file).as_draft(job.draft)
        built, files = make_outputs(article.source, self.profile, job.style, job.formats)
        self._keep_corrected(article)
        write_all({article.folder / name: data for name, data in files.items()})
        article.text = _stamps(built.inputs) | first
        article.look = _stamps(path for path in self.profile.files(job.style) if path not in first)
        article.xml = article.ours = _stamps([article.xml_file]) if "xml" in job.formats else {}
        return built, list(files)

    def _keep_corrected(self, article: Watched) -> None:
        """The XML is made anew; what was corrected in it by hand is not lost."""
        if article.ours and _stamps(article.ours) != article.ours and article.xml_file.is_file():
            kept = article.xml_file.with_suffix(".corrected.xml")
            write_whole(kept, article.xml_file.read_bytes())
            self.say(f"{article.xml_file} was corrected by hand and is made anew; the correction is in {kept.name}")

    def _make_galleys(self, article: Watched) -> tuple[Built, list[str]]:
        """From the XML that is there, which may have been corrected by hand."""
        if not article.xml:
            return self._make_all(article)
        job, name = self.job, article.source.stem
        article.look, article.xml = _stamps(article.look), _stamps(article.xml)
        built = open_xml(article.xml_file, self.profile)
        article.look |= _stamps(path for path in built.inputs if path != article.xml_file)
        built.findings = validation.check_file(article.xml_file, built.xml, self.profile.profiles)
        files = make_galleys(built, name, self.profile, job.style, job.formats, article.folder)
        write_all({article.folder / file: data for file, data in files.items()})
        return built, list(files)


def _stamps(paths: Iterable[Path]) -> Stamps:
    return {path: _stamp(path) for path in paths}


def _stamp(path: Path) -> tuple[int, int] | None:
    """When a file was written and its size; None where it is not there."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_mtime_ns, facts.st_size


def _named(paths: Sequence[Path]) -> str:
    return f"{', '.join(path.name for path in paths)} changed: "
