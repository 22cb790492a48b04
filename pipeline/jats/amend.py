"""What was settled of an article goes into the JATS that it was read from; all else of that stays as it is."""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import replace

from pipeline.article import Affiliation, Article, Contributor, Element
from pipeline.elements import ALI, HREF, LANG, append, insert_after, make, put_in_order
from pipeline.jats.front import ORCID, ORDER, write_front
from pipeline.jats.reader import read_date

FRONT = ("journal-meta", "article-meta", "notes")
JOURNAL = ("journal-id", "journal-title-group", "contrib-group", "aff", "aff-alternatives", "issn", "issn-l", "isbn",
           "publisher", "notes", "self-uri")  # fmt: skip
NUMBERS = {"volume": "volume", "issue": "issue", "fpage": "fpage", "lpage": "lpage", "elocation_id": "elocation-id"}
CONTRIBUTOR = ("contrib-id", "name", "name-alternatives", "string-name", "collab", "collab-alternatives", "anonymous",
               "degrees", "address", "aff", "author-comment", "bio", "email")  # fmt: skip


def front_of(article: Article) -> Article:
    """A copy of what `amend` looks at, to be compared with what the article becomes."""
    return deepcopy(
        replace(
            article, abstracts=[], keywords=[], meta=[], body=[], back=[], references=[], floats=[], sub_articles=[]
        )
    )


def amend(root: Element, before: Article, after: Article) -> None:
    """Write into `root`, of which `before` was read, what `after` has besides or says otherwise."""
    if before.type != after.type:
        root.set("article-type", after.type)
    if before.lang != after.lang:
        root.set(LANG, after.lang)
    written = write_front(after)
    front = root.find("front")
    if front is None:
        root.insert(0, written)
        return
    for place, part in enumerate(FRONT[:2]):
        if front.find(part) is None:
            put_in_order(front, make(part), FRONT)
        found, new = front.find(part), written[place]
        if found is not None:
            (_amend_journal if place == 0 else _amend_meta)(found, new, before, after)


def _amend_journal(journal: Element, written: Element, before: Article, after: Article) -> None:
    """Facts that the journal lacks, and the `journal-id` and `issn` that no journal may lack."""
    for tag in ("journal-id", "journal-title-group", "publisher"):
        new = written.find(tag)
        if journal.find(tag) is None and new is not None:
            put_in_order(journal, new, JOURNAL)
    for path in ("journal-title-group/journal-title", "journal-title-group/abbrev-journal-title",
                 "publisher/publisher-loc"):  # fmt: skip
        holder, tag = path.split("/")
        group, new = journal.find(holder), written.find(path)
        if group is not None and new is not None and journal.find(f".//{tag}") is None:
            group.append(new)
    known = set(before.journal.issns.values())
    for new in written.findall("issn"):
        if journal.find("issn") is None or (new.text and new.text not in known):
            put_in_order(journal, new, JOURNAL)


def _amend_meta(meta: Element, written: Element, before: Article, after: Article) -> None:
    for name, tag in NUMBERS.items():
        if getattr(before, name) != getattr(after, name):
            _replace(meta, meta.findall(tag), written.findall(tag), ORDER)
    if before.ids.get("doi") != after.ids.get("doi"):
        path = "article-id[@pub-id-type='doi']"
        _replace(meta, meta.findall(path), written.findall(path), ORDER)
    if before.subjects != after.subjects:
        categories, new = meta.find("article-categories"), written.find("article-categories")
        if categories is None or new is None:
            _replace(meta, meta.findall("article-categories"), written.findall("article-categories"), ORDER)
        else:
            _replace(categories, categories.findall("subj-group"), new.findall("subj-group"), ("subj-group",))
    _amend_title(meta, written, before, after)
    _amend_dates(meta, written, before, after)
    _amend_permissions(meta, written, before, after)
    for aff, there, here in zip(meta.iter("aff"), before.affiliations, after.affiliations, strict=False):
        _amend_affiliation(aff, there, here)
    contributors = meta.findall("contrib-group/contrib")
    for contrib, was, now in zip(contributors, before.contributors, after.contributors, strict=False):
        _amend_contributor(contrib, was, now)


def _amend_title(meta: Element, written: Element, before: Article, after: Article) -> None:
    group, new = meta.find("title-group"), written.find("title-group")
    if group is None and new is not None:
        put_in_order(meta, new, ORDER)
    elif group is not None and new is not None:
        title = group.find("article-title")
        if title is None or (before.title.text if before.title else "") != (after.title.text if after.title else ""):
            _replace(group, [title] if title is not None else [], [new[0]], ("article-title",))


def _amend_dates(meta: Element, written: Element, before: Article, after: Article) -> None:
    def published(article: Article) -> list[str]:
        return [date.iso for date in article.dates if date.type == "pub"]

    if published(before) != published(after):
        old = [each for each in meta.findall("pub-date") if read_date(each) is not None]
        _replace(meta, old, written.findall("pub-date"), ORDER)
    for date in after.dates:
        if date.type == "pub" or date in before.dates:
            continue
        if meta.find("history") is None:
            put_in_order(meta, make("history"), ORDER)
        history, path = meta.find("history"), f"date[@date-type='{date.type}']"
        if history is not None:
            _replace(history, history.findall(path), written.findall(f"history/{path}"), ("date",))


def _amend_permissions(meta: Element, written: Element, before: Article, after: Article) -> None:
    old, new = meta.find("permissions"), written.find("permissions")
    if new is None or before.permissions == after.permissions:
        return
    if old is None:
        put_in_order(meta, new, ORDER)
        return
    license_, address = old.find("license"), after.permissions.license_url
    if license_ is None:
        old.extend([each for each in new if old.find(each.tag) is None])
    elif address:
        license_.set(HREF, address)
        license_.insert(0, make(f"{{{ALI}}}license_ref", address))


def _amend_affiliation(aff: Element, old: Affiliation, new: Affiliation) -> None:
    country, institution = aff.find(".//country"), aff.find(".//institution")
    if new.country_code != old.country_code:
        name = next((new.text[span.start : span.end] for span in new.spans if span.label == "country"), "")
        if country is not None:
            country.set("country", new.country_code)
        elif name:
            append(aff, ", ", make("country", name, country=new.country_code))
    known = aff.find(".//institution-id[@institution-id-type='ror']")
    if new.ror != old.ror and known is not None:
        known.text = new.ror
    elif new.ror != old.ror and institution is not None:
        parent, tail = institution.getparent(), institution.tail
        if parent is not None and parent.tag != "institution-wrap":
            institution.tail = None
            wrap = make("institution-wrap")
            parent.replace(institution, wrap)
            wrap.append(institution)
            wrap.tail = tail
        insert_after(institution, make("institution-id", new.ror, institution_id_type="ror"))


def _amend_contributor(contrib: Element, old: Contributor, new: Contributor) -> None:
    if new.orcid != old.orcid:
        path = "contrib-id[@contrib-id-type='orcid']"
        identifier = make("contrib-id", ORCID + new.orcid, contrib_id_type="orcid")
        _replace(contrib, contrib.findall(path), [identifier], CONTRIBUTOR)
    if new.email != old.email:
        _replace(contrib, contrib.findall("email"), [make("email", new.email)], CONTRIBUTOR)
    if new.corresponding != old.corresponding:
        contrib.set("corresp", "yes" if new.corresponding else "no")


def _replace(parent: Element, old: Iterable[Element], new: Iterable[Element], order: Sequence[str]) -> None:
    for element in old:
        parent.remove(element)
    for element in new:
        put_in_order(parent, element, order)
