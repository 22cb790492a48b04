"""The stages composed for one article: a source to `NAME.xml`, and `NAME.xml` to its galleys."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pipeline import citations, cited, intake, jats, programs, references, structure, validation
from pipeline.addresses import address
from pipeline.article import Article
from pipeline.elements import text_of
from pipeline.errors import LimitReached, SourceError
from pipeline.findings import Finding, Severity
from pipeline.journal import Limits, Profile, load_overrides
from pipeline.references.own_citation import read_own_citation
from pipeline.settle import settle
from pipeline.validation import Conservation
from pipeline.validation.parse import read_article, refuse_too_many

FEWEST_WORDS = 50
SPS = "sps"


@dataclass(slots=True)
class Built:
    """One article on its way: what was read, what was written, and what an editor should know.

    `media` are the files that the XML names, to stand beside it.
    """

    source: str
    article: Article
    xml: bytes = b""
    media: dict[str, bytes] = field(default_factory=dict)
    galleys: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    conservation: Conservation | None = None
    missing: dict[str, list[str]] = field(default_factory=dict)
    engine: str = ""
    stages: dict[str, float] = field(default_factory=dict)
    inputs: list[Path] = field(default_factory=list)
    limits: Limits = field(default_factory=Limits)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the seconds of a stage, and keep the outside programs it runs within the limits."""
        start = time.perf_counter()
        with programs.bounded(self.limits.seconds, self.limits.megabytes):
            yield
        self.stages[name] = self.stages.get(name, 0.0) + time.perf_counter() - start

    @property
    def has_errors(self) -> bool:
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def convert(path: Path, profile: Profile, name: str = "") -> Built:
    """The JATS of the raw text, or of the JATS or NLM file of any version, at `path`, checked.

    Findings call it by `name`, if there is one.

    Raises SourceError: the file cannot be read, or holds no article.
    """
    if intake.holds_jats(path):
        return _convert_jats(path, profile, name)
    built = Built(name or str(path), Article(), limits=profile.limits)
    with built.stage("intake"):
        source = intake.open_source(path, profile.limits.source_bytes, profile.limits.characters)
        overrides = load_overrides(path)
        built.inputs = [path, path.with_suffix(".toml"), *source.used]
        built.media = source.media
    with built.stage("structure"):
        draft = structure.read(
            source.blocks, read_own_citation, profile.language or None, source.front, source.notes, source.is_numbered,
            source.properties,
        )  # fmt: skip
    article = built.article = draft.article
    with built.stage("references"):
        printed = references.split(draft.references)
        stated = cited.gather(article, printed, source.references, source.items, source.listed)
        article.references, found = references.parse(stated.references, article.lang, overrides.references)
    if article.references_title and not article.references:
        draft.set_aside_line(article.references_title, "heading of an empty list of references")
        article.references_title = ""
    _refuse_no_article(article, path, FEWEST_WORDS if source.is_plain else 1)
    with built.stage("citations"):
        cited.place(article, stated)
        links = citations.link(article)
    settled = settle(article, overrides, profile)
    set_aside = [*source.set_aside, *draft.set_aside, *settled.replaced]
    with built.stage("jats"):
        tree = jats.write(article)
        if SPS in profile.profiles:
            jats.follow_sps(tree)
        built.xml = jats.serialize(tree)
    with built.stage("validation"):
        root = read_article(path, built.xml)
        built.inputs += [path for path in validation.files_of(root, path.parent) if path.name not in source.media]
        checks = validation.check_tree(root, path.with_suffix(".xml").name, profile.profiles, path.parent, source.media)
        checks = validation.in_source(checks, root, source.blocks, path.name)
        built.conservation = validation.audit(
            source.text, root, set_aside, [*settled.added, *stated.added, *draft.added]
        )
    of_stages = [*source.findings, *draft.findings, *stated.findings, *found, *links.findings, *settled.findings]
    built.findings = [
        _in_file(finding, built.source) for finding in [*of_stages, *checks, *_lost(built.conservation, source.dropped)]
    ]
    built.counts = _counts(article) | {
        "citations_found": links.found + stated.found,
        "citations_linked": links.linked + stated.linked,
    }
    return built


def _convert_jats(path: Path, profile: Profile, name: str) -> Built:
    """The JATS at `path` in the version that is written here, with what its tags did not say; all else in its place."""
    from pipeline import upgrade

    built = Built(name or str(path), Article(), inputs=[path, path.with_suffix(".toml")], limits=profile.limits)
    with built.stage("intake"):
        source = upgrade.read_source(path, intake.read_bytes(path, profile.limits.source_bytes))
        refuse_too_many(source, path, profile.limits.elements)
        overrides = load_overrides(path)
        text = validation.strings_of(source)
        intake.refuse_too_long(len(text), path, profile.limits.characters)
    with built.stage("structure"):
        upgraded = upgrade.upgrade(source)
        root = upgraded.root
        upgrade.name_language(root, overrides.language or profile.language)
    with built.stage("references"):
        found = upgrade.tag_references(root, overrides.references)
    with built.stage("citations"):
        built.article = jats.read(root)
        links = upgrade.link_citations(root, built.article)
    before = jats.front_of(built.article)
    settled = settle(built.article, overrides, profile)
    with built.stage("jats"):
        jats.amend(root, before, built.article)
        upgrade.complete(root)
        if SPS in profile.profiles:
            jats.follow_sps(root)
        built.xml = jats.serialize(root)
    with built.stage("validation"):
        root = read_article(path, built.xml)
        checks = validation.check_tree(root, path.with_suffix(".xml").name, profile.profiles, path.parent)
        checks = validation.in_source(checks, root, upgrade.blocks_of(source), path.name)
        set_aside = [*upgraded.set_aside, *settled.replaced]
        built.conservation = validation.audit(text, root, set_aside, [*upgraded.added, *settled.added])
    built.inputs += validation.files_of(root, path.parent)
    built.media = {place: file.read_bytes() for place, file in validation.media_of(root, path.parent).items()}
    of_stages = [*upgraded.findings, *found, *links.findings, *settled.findings]
    built.findings = [_in_file(finding, built.source) for finding in [*of_stages, *checks, *_lost(built.conservation)]]
    built.counts = _counts(built.article) | {"citations_found": links.found, "citations_linked": links.linked}
    return built


def _refuse_no_article(article: Article, path: Path, fewest: int) -> None:
    """A text is an article where it has an abstract, references, a body of some length, or all that names one.

    The page of a review or an editorial has but title, author and where it appeared.
    """
    if article.title and article.contributors and (article.ids or article.volume or article.issue):
        return
    body = sum(len(text_of(element).split()) for element in [*article.body, *article.back])
    body += len(article.title.text.split()) if article.title and fewest == 1 else 0
    if not article.abstracts and not article.references and body < fewest:
        raise SourceError(f"{path}: no article found in it: no abstract, no references, and hardly any text")


def _in_file(finding: Finding, name: str) -> Finding:
    if finding.file is not None:
        return finding
    return Finding(finding.code, finding.severity, finding.message, name, finding.line)


def _lost(conservation: Conservation, dropped: Sequence[intake.Dropped] = ()) -> list[Finding]:
    """What the count of words says: of those lost an error, of those that come from nowhere a note.

    `dropped` are words that were never read, whose line is known.
    """
    found = []
    left = Counter(conservation.missing)
    for each in dropped:
        words = [word for word in each.words if left[word] > 0]
        left.subtract(words)
        if words:
            message = f"{len(words)} words of this line were not read: {' '.join(words[:10])}"
            found.append(Finding("words-lost", Severity.ERROR, message, line=each.line))
    if lost := sorted(left.elements()):
        message = f"{len(lost)} words of the source are neither in the XML nor set aside: {' '.join(lost[:10])}"
        found.append(Finding("words-lost", Severity.ERROR, message))
    if more := conservation.surplus:
        message = f"{len(more)} words stand in the XML more often than in the source: {' '.join(more[:10])}"
        found.append(Finding("words-added", Severity.INFO, message))
    return found


def _unprinted(missing: list[str], source: str, to: str) -> list[Finding]:
    if not missing:
        return []
    message = f"{len(missing)} words of the XML are not in the {to}: {' '.join(missing[:10])}"
    return [Finding("words-not-in-galley", Severity.WARNING, message, source)]


def _counts(article: Article) -> dict[str, int]:
    return {
        "authors": len(article.contributors),
        "affiliations": len(article.affiliations),
        "references": len(article.references),
        "structured": sum(bool(reference.spans or reference.item.get("title")) for reference in article.references),
    }


def open_xml(path: Path, profile: Profile) -> Built:
    """The article of the JATS file at `path`, read to be rendered.

    Raises SourceError: the file cannot be read, is no JATS article, or is too large.
    """
    data = intake.read_bytes(path, profile.limits.source_bytes)
    root = read_article(path, data)
    refuse_too_many(root, path, profile.limits.elements)
    intake.refuse_too_long(sum(map(len, root.itertext())), path, profile.limits.characters)
    inputs = [path, *validation.files_of(root, path.parent)]
    built = Built(str(path), jats.read(root), data, inputs=inputs, limits=profile.limits)
    built.counts = _counts(built.article)
    return built


def _addresses(built: Built, profile: Profile) -> dict[str, str]:
    """Where the galleys will be, by the patterns of journal.toml."""
    deposit, name = profile.deposit, Path(built.source).stem
    patterns = {"article": deposit.article_url, "pdf": deposit.pdf_url, "image": deposit.image_url}
    return {kind: address(pattern, built.article, name) for kind, pattern in patterns.items()}


def render(built: Built, formats: Sequence[str], profile: Profile, style: str, base: Path | None = None) -> None:
    """Make the galleys of `built` from its XML alone, and count the words that they lack.

    Of several formats, one that takes too much is an error of the article. Raises LimitReached: the only one does.
    """
    if not formats:
        return
    from pipeline.bibliography.richtext import plain
    from pipeline.reference_list import cite_as, format_references
    from pipeline.render import findings_of_look, lay_out
    from pipeline.render import render as render_one
    from pipeline.render import text_of as galley_text

    style = style or profile.citation_style
    root = read_article(Path(built.source), built.xml)
    article = jats.read(root)
    with built.stage("bibliography"):
        own = cite_as(article, style)
        as_read = validation.running_text(article.body)
        formatted, findings = format_references(article, style)
        cited = (as_read, validation.running_text(article.body))
        built.engine = formatted.engine
        entries = [plain(entry.content) for entry in formatted.entries]
    with built.stage("layout"):
        said = findings_of_look(profile.template, profile.look)
        places = _addresses(built, profile)
        document = lay_out(article, formatted, base=base, cite_as=own, media=built.media, addresses=places)
    built.findings += [_in_file(finding, built.source) for finding in [*findings, *document.findings, *said]]
    for to in formats:
        with built.stage(to):
            try:
                data, findings = render_one(
                    article, formatted, to, house=profile.template, look=profile.look, document=document
                )
            except LimitReached as reached:
                if len(formats) == 1:
                    raise
                built.findings.append(Finding("galley-missing", Severity.ERROR, f"no {to}: {reached}", built.source))
                continue
        built.galleys[to] = data
        built.findings += [_in_file(finding, built.source) for finding in findings]
    with built.stage("conservation"):
        texts = {to: galley_text(built.galleys[to], to) for to in formats if to in built.galleys}
        built.missing |= validation.missing_words(root, entries, texts, cited)
    for to in texts:
        built.findings += _unprinted(built.missing[to], built.source, to)
