"""Any article: written it is valid, read it is what it was, and written again the same bytes."""

import re
from dataclasses import fields
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline import jats
from pipeline.article import (
    Abstract,
    Affiliation,
    Article,
    Contributor,
    Date,
    Journal,
    Keywords,
    Name,
    Permissions,
    Reference,
    Span,
    Title,
)
from pipeline.elements import make

# Fields that say what an article is; the others are of the source it was read from.
STATED = [each.name for each in fields(Article) if each.name not in ("more", "reference_lists", "references", "body")]

words = st.text(st.sampled_from("aZé9&<>\"'-.,()/"), min_size=1, max_size=8)
lines = st.lists(words, min_size=1, max_size=4).map(" ".join)
maybe = st.one_of(st.just(""), lines)
languages = st.sampled_from(["en", "pt", "fr"])
names = st.builds(Name, lines, maybe, maybe, maybe, st.sampled_from(["western", "eastern"]))
titles = st.tuples(lines, lines, lines).map(lambda parts: [parts[0], make("italic", parts[1]), parts[2]])
subtitles = lines.map(lambda text: make("subtitle", text))
permissions = st.builds(Permissions, maybe, maybe, maybe, st.sampled_from(["", "https://a.example/l"]), maybe)


@st.composite
def affiliations(draw: st.DrawFn, number: int) -> Affiliation:
    """A string with parts in the order in which they are printed."""
    labels = draw(st.lists(st.sampled_from(["department", "city", "region", "postal-code", "country"]), unique=True))
    parts = draw(st.lists(st.text("aZé", min_size=1, max_size=9), min_size=len(labels), max_size=len(labels)))
    spans, text = [], draw(st.text("aZé9", min_size=1, max_size=9))
    for label, part in zip(labels, parts, strict=True):
        text += ", "
        spans.append(Span(label, len(text), len(text) + len(part)))
        text += part
    code = draw(st.sampled_from(["", "PT"])) if "country" in labels else ""
    return Affiliation(f"aff{number}", text, tuple(spans), draw(st.sampled_from(["", "1"])), code)


@st.composite
def contributors(draw: st.DrawFn, places: list[str]) -> Contributor:
    person = Contributor(
        affiliations=draw(st.lists(st.sampled_from(places), unique=True)) if places else [],
        type=draw(st.sampled_from(["author", "editor"])), corresponding=draw(st.booleans()),
        equal_contribution=draw(st.booleans()), email=draw(st.sampled_from(["", "a@b.example"])),
        orcid=draw(st.sampled_from(["", "0000-0002-1825-0097"])), roles=draw(st.lists(lines, max_size=2)),
        biography=[make("p", text) for text in draw(st.lists(lines, max_size=1))],
    )  # fmt: skip
    if draw(st.booleans()):
        person.name = draw(names)
    else:
        person.collab = draw(lines)
    return person


dates = st.builds(
    Date, st.sampled_from(["pub", "received", "accepted"]), st.integers(1000, 2100), st.integers(1, 12),
    st.one_of(st.none(), st.integers(1, 28)),
)  # fmt: skip


@st.composite
def articles(draw: st.DrawFn) -> Article:
    places = [draw(affiliations(number)) for number in range(1, draw(st.integers(0, 3)) + 1)]
    pages = draw(st.sampled_from([("", "", ""), ("7", "", ""), ("7", "19", ""), ("", "", "e7")]))
    entries = draw(st.lists(lines, max_size=3))
    given_dates = draw(st.lists(dates, max_size=3, unique_by=lambda date: date.type))
    return Article(
        lang="en", type=draw(st.sampled_from(["research-article", "review-article"])),
        subjects=draw(st.lists(lines, max_size=2)),
        journal=Journal(
            draw(lines), draw(maybe), "j", draw(st.sampled_from([{"electronic": "0000-0019"}, {"print": "0000-0019"}])),
            draw(lines), draw(maybe),
        ),
        ids=draw(st.sampled_from([{}, {"doi": "10.5555/a.1"}, {"doi": "10.5555/a(1)<2>", "publisher-id": "a&1"}])),
        title=Title(make("article-title", draw(titles)), draw(st.one_of(st.none(), subtitles))),
        translated_titles=[Title(make("trans-title", draw(titles)), lang="pt")] * draw(st.integers(0, 1)),
        contributors=draw(st.lists(contributors([place.id for place in places]), max_size=3)),
        affiliations=places, dates=sorted(given_dates, key=lambda date: date.type != "pub"),
        volume=draw(maybe), issue=draw(maybe), fpage=pages[0], lpage=pages[1], elocation_id=pages[2],
        permissions=draw(permissions),
        abstracts=[
            Abstract([make("p", text) for text in draw(st.lists(lines, min_size=1, max_size=2))], draw(maybe), kind)
            for kind in draw(st.lists(st.sampled_from(["", "graphical", "key-points"]), unique=True))
        ],
        keywords=[
            Keywords([make("kwd", word) for word in draw(st.lists(lines, min_size=1, max_size=3))], draw(maybe), lang)
            for lang in draw(st.lists(languages, max_size=2, unique=True))
        ],
        body=[
            make("sec", make("title", draw(titles)), make("p", text), make("p", draw(titles)))
            for text in draw(st.lists(lines, max_size=2))
        ],
        back=[make("ack", make("p", text)) for text in draw(st.lists(lines, max_size=1))],
        references=[Reference(text, id=f"ref{number}") for number, text in enumerate(entries, 1)],
    )  # fmt: skip


def plain(value: Any) -> Any:
    """A value with its elements as strings, without what only sets lines."""
    if isinstance(value, etree._Element):
        return re.sub(r">\s+<", "><", etree.tostring(value, with_tail=False, method="c14n", exclusive=True).decode())
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if hasattr(value, "__dataclass_fields__"):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    return value


@settings(
    max_examples=60, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(article=articles())
def test_an_article_comes_back_as_it_was(dtd: etree.DTD, article: Article) -> None:
    written = jats.serialize(jats.write(article))
    root = etree.fromstring(written)
    assert dtd.validate(root), dtd.error_log
    again = jats.read(root)
    for name in STATED:
        assert plain(getattr(again, name)) == plain(getattr(article, name)), name
    assert [reference.text for reference in again.references] == [reference.text for reference in article.references]
    assert jats.serialize(jats.write(again)) == written
