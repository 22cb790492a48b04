"""A JATS tree, ours or another publisher's, as an `Article`.

What no field of `Article` holds stays as it was read: children of `article-meta` in `meta`, the
rest of the document in `body` and `back`.
"""

from collections.abc import Iterable, Iterator
from copy import deepcopy

from pipeline.article import (
    Abstract,
    Affiliation,
    Article,
    Contributor,
    Date,
    Element,
    Journal,
    Keywords,
    Name,
    Permissions,
    ReferenceList,
    Title,
)
from pipeline.elements import ALI, HREF, LANG, text_of
from pipeline.jats.affiliation_reader import read_affiliations
from pipeline.jats.citation_reader import read_reference
from pipeline.references import repeat_authors

READ = {
    "article-id", "article-categories", "title-group", "contrib-group", "aff", "pub-date", "volume", "issue",
    "fpage", "lpage", "elocation-id", "history", "permissions", "abstract", "trans-abstract", "kwd-group",
}  # fmt: skip

OF_CONTRIB = {"contrib-id", "email", "role", "xref", "aff", "bio", "uri", "anonymous"}
HEADINGS = {"heading", "display-channel", "toc-heading"}  # by `subj-group-type`
ALTERNATIVES = {"name-alternatives", "collab-alternatives"}
MEMBERS = {"contrib-group", "contrib", "aff"}


def read(root: Element) -> Article:
    """The article of `root` (`article`, `sub-article` or `response`). Nothing of `root` is moved or changed."""
    meta = root.find("front/article-meta")
    if meta is None:
        meta = root.find("front-stub")
    article = Article(
        lang=root.get(LANG) or "en",
        type=root.get("article-type") or root.get("response-type") or "research-article",
        journal=_journal(root.find("front/journal-meta")),
    )
    if meta is not None:
        _read_meta(article, meta)
    article.body = _copies(root.findall("body/*"))
    article.back = _copies(child for child in root.findall("back/*") if child.tag != "ref-list")
    article.back += _copies(root.findall("front/notes"))
    article.back += _copies(root.findall("front/article-meta/title-group/fn-group"))
    for ref_list in root.findall("back/ref-list"):
        _read_list(article, ref_list, 0)
    if article.reference_lists:
        article.references_title = article.reference_lists[0].title
    article.floats = _copies([*root.findall("floats-group/*"), *root.findall("floats-wrap/*")])
    article.sub_articles = _copies([*root.findall("sub-article"), *root.findall("response")])
    return article


def _read_list(article: Article, ref_list: Element, depth: int) -> None:
    """A list of references and those within it, in their order."""
    names = [" ".join(text_of(ref_list.find(tag)).split()) for tag in ("label", "title")]
    about = [child for child in ref_list if child.tag not in ("label", "title", "ref", "ref-list")]
    read = ReferenceList(" ".join(filter(None, names)), depth, _copies(about))
    article.reference_lists.append(read)
    for child in ref_list:
        if child.tag == "ref":
            before = article.references[-1] if article.references else None
            reference = repeat_authors(read_reference(child, len(article.references) + 1), before)
            article.references.append(reference)
            read.references.append(reference.id)
        elif child.tag == "ref-list":
            _read_list(article, child, depth + 1)


def _copies(elements: Iterable[Element]) -> list[Element]:
    copies = [deepcopy(element) for element in elements if isinstance(element.tag, str)]
    for copy in copies:
        copy.tail = None
    return copies


def _value(parent: Element | None, path: str) -> str:
    return " ".join(text_of(parent.find(path)).split()) if parent is not None else ""


def _journal(meta: Element | None) -> Journal:
    journal = Journal(
        title=_value(meta, ".//journal-title"),
        abbreviation=_value(meta, ".//abbrev-journal-title"),
        id=_value(meta, "journal-id"),
        publisher=_value(meta, "publisher/publisher-name"),
        publisher_location=_value(meta, "publisher/publisher-loc"),
    )
    for issn in meta.findall("issn") if meta is not None else ():
        kind = issn.get("publication-format") or {"ppub": "print"}.get(issn.get("pub-type", ""), "electronic")
        if text_of(issn).strip():
            journal.issns[kind] = text_of(issn).strip()
    return journal


def _categories(categories: Element) -> tuple[list[Element], list[Element]]:
    """What stands above the title, and the subject groups that only classify the article."""
    groups = categories.findall("subj-group")
    headings = [group for group in groups if group.get("subj-group-type") in HEADINGS] or groups[:1]
    classes = [group for group in groups if group not in headings]
    return [child for child in categories if child not in classes], classes


def _read_meta(article: Article, meta: Element) -> None:
    article.ids = {e.get("pub-id-type") or "publisher-id": text_of(e).strip() for e in meta.findall("article-id")}
    categories = meta.find("article-categories")
    headings, classes = _categories(categories) if categories is not None else ([], [])
    subjects = (e for heading in headings for e in heading.iter("subject", "series-title", "series-text"))
    article.subjects = [" ".join(text_of(e).split()) for e in subjects]
    _read_titles(article, meta.find("title-group"))
    affiliations = read_affiliations(meta)
    article.affiliations = list(affiliations.values())
    article.contributors = [_contributor(contrib, affiliations) for contrib in meta.findall("contrib-group/contrib")]
    article.dates = [date for e in (*meta.findall("pub-date"), *meta.findall("history/date")) if (date := read_date(e))]
    article.volume, article.issue = _value(meta, "volume"), _value(meta, "issue")
    article.fpage, article.lpage = _value(meta, "fpage"), _value(meta, "lpage")
    article.elocation_id = _value(meta, "elocation-id")
    article.permissions = _permissions(meta.find("permissions"))
    article.abstracts = [_abstract(e) for e in (*meta.findall("abstract"), *meta.findall("trans-abstract"))]
    article.keywords = [_keywords(e) for e in meta.findall("kwd-group")]
    unread = [date for date in meta.findall("pub-date") if read_date(date) is None]
    events = [date for date in meta.findall("history/*") if date.tag != "date" or read_date(date) is None]
    article.more = _copies([*meta.findall("title-group/alt-title"), *classes, *events])
    article.meta = _copies([child for child in meta if child.tag not in READ] + unread)


def _read_titles(article: Article, group: Element | None) -> None:
    if group is None:
        return
    title, subtitle = group.find("article-title"), group.find("subtitle")
    if title is not None and (text_of(title).strip() or len(title)):
        article.title = Title(_copies([title])[0], _first_copy(subtitle), title.get(LANG))
    for other in group.findall("trans-title-group"):
        title = other.find("trans-title")
        if title is not None:
            subtitle = _first_copy(other.find("trans-subtitle"))
            article.translated_titles.append(Title(_copies([title])[0], subtitle, other.get(LANG)))


def _first_copy(element: Element | None) -> Element | None:
    return _copies([element])[0] if element is not None else None


def _contributor(contrib: Element, affiliations: dict[Element, Affiliation]) -> Contributor:
    name, collab = _first(contrib, "name", "string-name"), _first(contrib, "collab")
    orcid = next(
        (
            text_of(e).strip().rpartition("/")[2]
            for e in (*contrib.findall("contrib-id"), *contrib.findall("uri"))
            if "orcid" in (e.get("contrib-id-type"), e.get("content-type"))
        ),
        "",
    )
    rids = [rid for e in contrib.findall("xref[@ref-type='aff']") for rid in (e.get("rid") or "").split()]
    inner = [affiliations[e].id for e in contrib.findall("aff")]
    return Contributor(
        name=_name(name) if name is not None else None,
        collab=_group_name(collab),
        type=contrib.get("contrib-type") or "author",
        affiliations=list(dict.fromkeys(rids + inner)),
        orcid=orcid,
        email=_value(contrib, "email"),
        corresponding=contrib.get("corresp") == "yes" or contrib.find("xref[@ref-type='corresp']") is not None,
        equal_contribution=contrib.get("equal-contrib") == "yes",
        roles=[" ".join(text_of(e).split()) for e in contrib.findall("role")],
        biography=_copies(contrib.findall("bio/*")),
        more=_copies(_more(contrib, name, collab)),
    )


def _first(contrib: Element, *tags: str) -> Element | None:
    """The first child of one of the tags, or the first among alternatives; not those of the members of a group."""
    found = (
        contrib.find(f"{place}{tag}") for tag in tags for place in ("", f"{tag}-alternatives/", "name-alternatives/")
    )
    return next((element for element in found if element is not None), None)


def _group_name(collab: Element | None) -> str:
    """The text of `collab` without that of the contributors within it."""
    if collab is None:
        return ""
    parts = [collab.text or ""]
    for child in collab:
        parts += ["" if child.tag in MEMBERS else text_of(child), child.tail or ""]
    return " ".join("".join(parts).split())


def _more(contrib: Element, name: Element | None, collab: Element | None) -> Iterator[Element]:
    for child in contrib:
        if isinstance(child.tag, str) and child.tag not in OF_CONTRIB:
            yield from (
                each for each in (child if child.tag in ALTERNATIVES else [child]) if each not in (name, collab)
            )
    if collab is not None:
        yield from (child for child in collab if child.tag in MEMBERS)


def _name(name: Element) -> Name:
    parts = {"family": "surname", "given": "given-names", "prefix": "prefix", "suffix": "suffix"}
    values = {part: _value(name, tag) for part, tag in parts.items()}
    if not values["family"] and not values["given"]:
        values["family"] = " ".join(text_of(name).split())
    return Name(**values, style=name.get("name-style") or "western")


def read_date(element: Element) -> Date | None:
    """A date in numbers; one with a season, an era or a month's name is none."""
    numbers = {tag: _value(element, tag) for tag in ("year", "month", "day")}
    if not numbers["year"].isdigit() or any(numbers[tag] and not numbers[tag].isdigit() for tag in ("month", "day")):
        return None
    if element.find("season") is not None or element.find("era") is not None:
        return None
    month, day = (int(numbers[tag]) if numbers[tag] else None for tag in ("month", "day"))
    kind = element.get("date-type") or "pub"
    return Date(kind if element.tag == "date" else "pub", int(numbers["year"]), month, day)


def _permissions(element: Element | None) -> Permissions:
    licences = element.findall("license") if element is not None else []
    named = (_value(each, f".//{{{ALI}}}license_ref") or each.get(HREF) or "" for each in licences)
    words = [text_of(each) for licence in licences for each in (*licence.findall("license-p"), *licence.findall("p"))]
    return Permissions(
        statement=_value(element, "copyright-statement"),
        holder=_value(element, "copyright-holder"),
        year=_value(element, "copyright-year"),
        license_url=next(filter(None, named), ""),
        license_text=" ".join(" ".join(words).split()),
    )


def _abstract(element: Element) -> Abstract:
    return Abstract(
        content=_copies(child for child in element if child.tag not in ("title", "label")),
        title=_value(element, "title"),
        type=element.get("abstract-type") or "",
        lang=element.get(LANG),
    )


def _keywords(group: Element) -> Keywords:
    """`compound-kwd`, a word and its code, is one keyword."""
    title = " ".join(filter(None, (_value(group, "label"), _value(group, "title"))))
    words = group.iter("kwd", "compound-kwd", "unstructured-kwd-group")
    return Keywords(_copies(words), title, group.get(LANG))
