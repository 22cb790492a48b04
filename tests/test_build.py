"""What is said of one article: words that were lost or added, what is no article, whose findings are whose."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from pipeline import build
from pipeline.article import Article, Contributor, Reference, Span, Title
from pipeline.build import Built
from pipeline.errors import SourceError
from pipeline.findings import Finding, Severity
from pipeline.intake import Dropped
from pipeline.journal import Limits, Profile
from pipeline.validation import Conservation

TWELVE = [f"w{number:02}" for number in range(12)]


def words(text: str) -> etree._Element:
    return etree.fromstring(f"<p>{text}</p>")


@pytest.mark.parametrize(
    ("missing", "dropped", "said"),
    [
        ([], [], []),
        (["b", "a"], [], [(None, "2 words of the source are neither in the XML nor set aside: a b")]),
        (["a", "a", "b"], [Dropped(7, ("a", "c"))], [
            (7, "1 words of this line were not read: a"),
            (None, "2 words of the source are neither in the XML nor set aside: a b"),
        ]),
        (["a"], [Dropped(7, ("a",)), Dropped(8, ("a",))], [(7, "1 words of this line were not read: a")]),
        (TWELVE, [], [(None, f"12 words of the source are neither in the XML nor set aside: {' '.join(TWELVE[:10])}")]),
        (TWELVE, [Dropped(1, tuple(TWELVE))], [(1, f"12 words of this line were not read: {' '.join(TWELVE[:10])}")]),
    ],
)  # fmt: skip
def test_lost_words_are_errors_at_their_lines(
    missing: list[str], dropped: list[Dropped], said: list[tuple[int | None, str]]
) -> None:
    found = build._lost(Conservation(99, 90, [], missing), dropped)
    assert [(finding.line, finding.message) for finding in found] == said
    assert all((finding.code, finding.severity) == ("words-lost", Severity.ERROR) for finding in found)


def test_words_that_come_from_nowhere_are_a_note() -> None:
    [finding] = build._lost(Conservation(99, 90, [], surplus=TWELVE))
    assert (finding.code, finding.severity) == ("words-added", Severity.INFO)
    assert finding.message == f"12 words stand in the XML more often than in the source: {' '.join(TWELVE[:10])}"


def test_words_that_a_galley_lacks_are_a_warning() -> None:
    assert build._unprinted([], "a.xml", "pdf") == []
    [finding] = build._unprinted(TWELVE, "a.xml", "pdf")
    assert (finding.code, finding.severity, finding.file) == ("words-not-in-galley", Severity.WARNING, "a.xml")
    assert finding.message == f"12 words of the XML are not in the pdf: {' '.join(TWELVE[:10])}"


NAMED = {"title": Title(words("T")), "contributors": [Contributor(collab="We")]}


@pytest.mark.parametrize(
    ("article", "fewest", "refused"),
    [
        (Article(), 50, True),
        (Article(**NAMED, volume="1"), 50, False),
        (Article(**NAMED, issue="1"), 50, False),
        (Article(**NAMED, ids={"doi": "10.5555/x"}), 50, False),
        (Article(**NAMED), 50, True),
        (Article(title=Title(words("T")), volume="1"), 50, True),
        (Article(references=[Reference("r")]), 50, False),
        (Article(body=[words("w " * 49)]), 50, True),
        (Article(body=[words("w " * 30)], back=[words("w " * 20)]), 50, False),
        (Article(title=Title(words("T"))), 1, False),
        (Article(title=Title(words("T " * 60))), 50, True),
        (Article(), 1, True),
    ],
)
def test_what_is_no_article_is_refused(article: Article, fewest: int, refused: bool) -> None:
    if refused:
        with pytest.raises(SourceError, match=r"a\.txt: no article found in it"):
            build._refuse_no_article(article, Path("a.txt"), fewest)
    else:
        build._refuse_no_article(article, Path("a.txt"), fewest)


def test_a_finding_of_no_file_is_of_the_source() -> None:
    of_none, of_one = (Finding("c", Severity.INFO, "m", file, 3) for file in (None, "b.xml"))
    assert build._in_file(of_none, "a.txt") == Finding("c", Severity.INFO, "m", "a.txt", 3)
    assert build._in_file(of_one, "a.txt") is of_one


def test_references_count_as_structured_by_their_parts_or_their_data() -> None:
    references = [
        Reference("a", spans=(Span(0, 1, "title"),)),
        Reference("b", item={"title": "B"}),
        Reference("c", item={"id": "c"}),
    ]
    assert build._counts(Article(references=references)) == {
        "authors": 0, "affiliations": 0, "references": 3, "structured": 2,
    }  # fmt: skip


def test_seconds_of_a_stage_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([100.0, 101.5, 200.0, 200.25])
    monkeypatch.setattr(build.time, "perf_counter", lambda: next(clock))
    built = build.Built("a.txt", Article())
    for _ in range(2):
        with built.stage("jats"):
            assert build.programs.bounds().seconds == built.limits.seconds
    assert built.stages == {"jats": 1.75}


def test_an_article_with_an_error_has_errors() -> None:
    built = build.Built("a.txt", Article())
    assert not built.has_errors
    built.findings.append(Finding("c", Severity.ERROR, "m"))
    assert built.has_errors


@pytest.mark.parametrize("read", [build.convert, build.open_xml])
@pytest.mark.parametrize(("limit", "most"), [("characters", 50), ("elements", 5), ("source_bytes", 99)])
def test_jats_beyond_a_limit_is_refused(
    read: Callable[[Path, Profile], Built], limit: str, most: int, checkout: Path
) -> None:
    path = checkout / "tests" / "validation" / "good.xml"
    with pytest.raises(SourceError, match=str(path)):
        read(path, replace(Profile(), limits=replace(Limits(), **{limit: most})))  # type: ignore[arg-type]
    read(path, Profile())
