"""`front`: journal and article metadata, in the order of the JATS Publishing 1.3 content models."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from copy import deepcopy

from pipeline.article import (
    Abstract,
    Affiliation,
    Article,
    Contributor,
    Date,
    Element,
    Keywords,
    Name,
    Permissions,
    Span,
    Title,
)
from pipeline.elements import ALI, append, make, rename

ORDER = """article-id article-version article-version-alternatives article-categories title-group contrib-group aff
aff-alternatives x author-notes pub-date pub-date-not-available volume volume-id volume-series issue issue-id
issue-title issue-title-group issue-sponsor issue-part volume-issue-group isbn supplement fpage lpage page-range
elocation-id email ext-link uri product supplementary-material history pub-history permissions self-uri
related-article related-object abstract trans-abstract kwd-group funding-group support-group conference counts
custom-meta-group""".split()
ORCID = "https://orcid.org/"


def write_front(article: Article) -> Element:
    return make("front", _journal_meta(article), _article_meta(article))


def _journal_meta(article: Article) -> Element:
    """`journal-id` and `issn` are obligatory in JATS: an unknown ISSN is written empty, for the checks to find."""
    journal = article.journal
    titles = [
        make("journal-title", journal.title) if journal.title else None,
        make("abbrev-journal-title", journal.abbreviation) if journal.abbreviation else None,
    ]
    issns = [make("issn", issn, publication_format=kind) for kind, issn in journal.issns.items()]
    location = make("publisher-loc", journal.publisher_location) if journal.publisher_location else None
    return make(
        "journal-meta",
        make("journal-id", journal.id or slug(journal.title) or "unknown", journal_id_type="publisher-id"),
        make("journal-title-group", titles) if any(title is not None for title in titles) else None,
        issns or make("issn"),
        make("publisher", make("publisher-name", journal.publisher), location) if journal.publisher else None,
    )


def slug(title: str) -> str:
    """A journal's name as an identifier: `Revista Galáxia` gives `revista-galaxia`."""
    plain = unicodedata.normalize("NFKD", title.casefold())
    return "-".join(re.findall(r"\w+", "".join(char for char in plain if not unicodedata.combining(char))))


def _article_meta(article: Article) -> Element:
    meta = make("article-meta", list(_modelled(article)), deepcopy(article.meta))
    meta[:] = sorted(meta, key=lambda child: ORDER.index(child.tag) if child.tag in ORDER else len(ORDER))
    return meta


def _modelled(article: Article) -> Iterator[Element]:
    for kind, value in article.ids.items():
        yield make("article-id", value, pub_id_type=kind)
    if article.subjects:
        groups = [make("subj-group", make("subject", text), subj_group_type="heading") for text in article.subjects]
        yield make("article-categories", groups)
    yield _title_group(article.title or Title(make("article-title")), article.translated_titles)
    if article.contributors:
        yield make("contrib-group", [_contrib(person) for person in article.contributors])
    yield from (_aff(affiliation) for affiliation in article.affiliations)
    yield from _dates(article.dates)
    plain = {"volume": article.volume, "issue": article.issue, "fpage": article.fpage, "lpage": article.lpage}
    for tag, value in (plain | {"elocation-id": article.elocation_id}).items():
        if value:
            yield make(tag, value)
    if article.permissions != Permissions():
        yield _permissions(article.permissions)
    yield from (_abstract(abstract, article.lang) for abstract in article.abstracts)
    yield from (_keywords(keywords) for keywords in article.keywords)


def _title_group(title: Title, translated: Iterable[Title]) -> Element:
    group = make("title-group", rename(title.content, "article-title"))
    if title.subtitle is not None:
        group.append(rename(title.subtitle, "subtitle"))
    for other in translated:
        subtitle = rename(other.subtitle, "trans-subtitle") if other.subtitle is not None else None
        group.append(make("trans-title-group", rename(other.content, "trans-title"), subtitle, lang=other.lang))
    return group


def _contrib(person: Contributor) -> Element:
    orcid = make("contrib-id", ORCID + person.orcid, contrib_id_type="orcid") if person.orcid else None
    return make(
        "contrib", orcid,
        write_name(person.name) if person.name else make("collab", person.collab),
        make("email", person.email) if person.email else None,
        make("bio", deepcopy(person.biography)) if person.biography else None,
        [make("role", role) for role in person.roles],
        [make("xref", ref_type="aff", rid=identifier) for identifier in person.affiliations],
        contrib_type=person.type,
        corresp="yes" if person.corresponding else None,
        equal_contrib="yes" if person.equal_contribution else None,
    )  # fmt: skip


def write_name(name: Name) -> Element:
    return make(
        "name",
        make("surname", name.family) if name.family else None,
        make("given-names", name.given) if name.given else None,
        make("prefix", name.prefix) if name.prefix else None,
        make("suffix", name.suffix) if name.suffix else None,
        name_style=name.style,
    )


def _aff(affiliation: Affiliation) -> Element:
    """All of the text as it stands; the institution that has a ROR is wrapped with it."""
    element = make(
        "aff", make("label", affiliation.label) if affiliation.label else None, id=affiliation.id, lang=affiliation.lang
    )
    text, position = affiliation.text, 0
    for span in affiliation.spans:
        append(element, text[position : span.start], _part(span, affiliation))
        position = span.end
    append(element, text[position:])
    return element


def _part(span: Span, affiliation: Affiliation) -> Element:
    value = affiliation.text[span.start : span.end]
    if span.label == "department":
        return make("institution", value, content_type="dept")
    if span.label != "institution":
        return _place(span.label, value, affiliation.country_code)
    institution = make("institution", value)
    if not affiliation.ror or span != next(each for each in affiliation.spans if each.label == "institution"):
        return institution
    identifier = make("institution-id", affiliation.ror, institution_id_type="ror")
    return make("institution-wrap", institution, identifier)


def _place(label: str, value: str, country_code: str) -> Element:
    tag = {"region": "state", "address": "addr-line"}.get(label, label)
    return make(tag, value, country=country_code if label == "country" else None)


def _dates(dates: Iterable[Date]) -> Iterator[Element]:
    history = []
    for date in dates:
        parts = [(tag, getattr(date, tag)) for tag in ("day", "month", "year")]
        children = [make(tag, str(value)) for tag, value in parts if value]
        if date.type == "pub":
            yield make("pub-date", children, date_type="pub", publication_format="electronic", iso_8601_date=date.iso)
        else:
            history.append(make("date", children, date_type=date.type, iso_8601_date=date.iso))
    if history:
        yield make("history", history)


def _permissions(permissions: Permissions) -> Element:
    plain = {"statement": permissions.statement, "year": permissions.year, "holder": permissions.holder}
    element = make("permissions", [make(f"copyright-{name}", text) for name, text in plain.items() if text])
    if permissions.license_url or permissions.license_text:
        url, text = permissions.license_url, permissions.license_text
        element.append(
            make(
                "license",
                make(f"{{{ALI}}}license_ref", url) if url else None,
                make("license-p", text) if text else None,
                license_type="open-access" if url else None,
                href=url,
            )
        )
    return element


def _abstract(abstract: Abstract, article_lang: str) -> Element:
    translated = bool(abstract.lang) and abstract.lang != article_lang
    return make(
        "trans-abstract" if translated else "abstract",
        make("title", abstract.title) if abstract.title else None,
        deepcopy(abstract.content),
        abstract_type=abstract.type,
        lang=abstract.lang,
    )


def _keywords(keywords: Keywords) -> Element:
    title = make("title", keywords.title) if keywords.title else None
    return make("kwd-group", title, deepcopy(keywords.words), kwd_group_type="author", lang=keywords.lang)
