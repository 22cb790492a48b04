"""Manuscripts as pages: HTML and EPUB."""

import json
from collections.abc import Callable
from html import escape

from pipeline.intake.markup.nodes import Nodes
from tests.evaluate.manuscripts.article import Manuscript, header, para, words_of
from tests.evaluate.manuscripts.written import JOURNAL, SHELL, Files, printed, references, with_pictures, write


def _html(each: Manuscript, head: str, before: str) -> Files:
    body = write([*printed(each.body), *references(each)], "html", "--mathml")
    text = f'<!DOCTYPE html>\n<html lang="{each.lang.lower()}"><head><meta charset="utf-8">{head}</head>'
    return {"paper.html": f"{text}<body>{before}{body}</body></html>".encode()}


def html_visible(each: Manuscript) -> Files:
    names = ", ".join(f"{escape(p.name)}<sup>{','.join(map(str, p.places))}</sup>" for p in each.people)
    places = "".join(f"<p><sup>{n}</sup> {escape(text)}</p>" for n, text in enumerate(each.places, 1))
    before = f"<h1>{escape(each.title)}</h1><p>{names}</p>{places}"
    if each.abstract:
        before += f"<h2>{each.labels[0]}</h2>" + "".join(f"<p>{escape(text)}</p>" for text in each.abstract)
    before += f"<p><b>{each.labels[1]}:</b> {escape(', '.join(each.keywords))}</p>" if each.keywords else ""
    return _html(each, f"<title>{escape(each.title)}</title>", before)


def html_citation(each: Manuscript) -> Files:
    tags = [("citation_title", each.title), ("citation_journal_title", JOURNAL),
            ("citation_publication_date", "2022/03/03"), ("citation_volume", "7"), ("citation_issue", "2"),
            ("citation_firstpage", "11"), ("citation_lastpage", "29"),
            ("citation_doi", "10.5555/quay.7")]  # fmt: skip
    for p in each.people:
        tags += [("citation_author", f"{p.family}, {p.given}")]
        tags += [("citation_author_institution", each.places[n - 1]) for n in p.places]
        tags += [("citation_author_orcid", f"https://orcid.org/{p.orcid}")] if p.orcid else []
    tags += [("citation_keywords", "; ".join(each.keywords))] if each.keywords else []
    head = "".join(f'<meta name="{name}" content="{escape(text)}">' for name, text in tags)
    abstract = f"<h2>{each.labels[0]}</h2>" + "".join(f"<p>{escape(text)}</p>" for text in each.abstract)
    before = f"<h1>{escape(each.title)}</h1>" + (abstract if each.abstract else "")
    return _html(each, head + f"<title>{escape(each.title)} | {JOURNAL}</title>", before)


def html_json(each: Manuscript) -> Files:
    data = {
        "@context": "https://schema.org", "@type": "ScholarlyArticle", "headline": each.title,
        "author": [
            {"@type": "Person", "givenName": p.given, "familyName": p.family, "name": p.name,
             "affiliation": [{"@type": "Organization", "name": each.places[n - 1]} for n in p.places],
             "identifier": f"https://orcid.org/{p.orcid}"} for p in each.people],
        "keywords": each.keywords, "datePublished": "2022-03-03", "abstract": "\n".join(each.abstract),
        "isPartOf": {"@type": "Periodical", "name": JOURNAL}, "sameAs": "https://doi.org/10.5555/quay.7",
    }  # fmt: skip
    return _html(
        each, f'<script type="application/ld+json">{json.dumps(data)}</script>', f"<h1>{escape(each.title)}</h1>"
    )


def _front(each: Manuscript, level: int = 1) -> Nodes:
    """Title, names with raised marks, places, abstract and keywords as blocks."""
    names: Nodes = []
    for p in each.people:
        names += ([{"t": "Str", "c": ","}, {"t": "Space"}] if names else []) + words_of(p.name)
        names += [{"t": "Superscript", "c": words_of(",".join(map(str, p.places)))}] if p.places else []
    blocks = [header(level, each.title), para(*names)]
    for n, text in enumerate(each.places, 1):
        blocks.append(para({"t": "Superscript", "c": words_of(str(n))}, {"t": "Space"}, *words_of(text)))
    if each.abstract:
        blocks += [header(level + 1, each.labels[0]), *(para(*words_of(text)) for text in each.abstract)]
    if each.keywords:
        blocks.append(
            para(
                {"t": "Strong", "c": words_of(each.labels[1] + ":")},
                {"t": "Space"},
                *words_of("; ".join(each.keywords)),
            )
        )
    return blocks


def epub(each: Manuscript) -> Files:
    tree = SHELL | {"blocks": [*_front(each), *printed(each.body), *references(each)],
                    "meta": {"title": {"t": "MetaInlines", "c": words_of(each.title)}}}  # fmt: skip
    return {"paper.epub": with_pictures(each, tree, "epub3", "--mathml")}


LAYOUTS: dict[str, Callable[[Manuscript], Files]] = {
    "html-visible": html_visible,
    "html-citation": html_citation,
    "html-json": html_json,
    "epub": epub,
}
