"""Title, journal facts, abstract and keywords: one recogniser each."""

import re

from pipeline import language
from pipeline.article import Abstract, Block, Date, Keywords, Title
from pipeline.elements import append, make
from pipeline.structure.draft import Draft
from pipeline.structure.shapes import LIST_SEPARATOR
from pipeline.words import words

DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+[^\s\"<>.,;:)\]}'’”]")
ISO_DATE = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
VOLUME = re.compile(r"(?:vol(?:ume)?|v|tom[oe]?|bd|jil|cilt|том|jg|jahrgang)\b\.?\s*(\d+)", re.IGNORECASE)
NUMBER = re.compile(r"(?:n[oúºr°]?|num(?:ber)?|núm|número|issue|sayı|№|heft|iss)\b\.?\s*([\w./-]*\d[\w./–-]*)", re.IGNORECASE)
SELF_CITATION = "the article's own citation, read for its facts"


def read_citation(draft: Draft) -> None:
    """The journal facts of How to Cite; what stands nowhere else on the page comes from here."""
    for zone in draft.take("how_to_cite"):
        draft.drop_label(zone)
        text = " ".join(block.text for block in zone.blocks)
        if not words(text):
            continue
        if draft.citation is None:
            draft.citation = draft.read_citation(text)
            draft.citation.line = zone.blocks[0].line
        else:
            draft.drop(zone.blocks, "the article's own citation in another format")


def read_doi(draft: Draft) -> None:
    for zone in draft.take("doi"):
        text = " ".join(block.text for block in zone.blocks)
        found = DOI.search(text)
        if found:
            draft.article.ids.setdefault("doi", found.group())
        draft.drop_label(zone)
        draft.drop_rest(zone.label_line, text, [found.group()] if found else [], "address of the DOI")


def read_dates(draft: Draft) -> None:
    """ISO dates, as sites print them. Other forms are kept, unread, in the list of what was set aside."""
    kinds = {"published": "pub", "received": "received", "accepted": "accepted"}
    for zone in draft.take(*kinds):
        draft.drop_label(zone)
        for block in zone.blocks:
            found = ISO_DATE.search(block.text)
            taken = [found.group()] if found else []
            if found:
                year, month, day = map(int, found.groups())
                draft.article.dates.append(Date(kinds[zone.role], year, month, day))
            draft.drop_rest(block.line, block.text, taken, f"date of the page ({zone.role})")


def read_issue(draft: Draft) -> None:
    for zone in draft.take("issue"):
        draft.drop_label(zone)
        for block in zone.blocks:
            volume, number = VOLUME.search(block.text), NUMBER.search(block.text)
            taken = []
            if volume and not draft.article.volume:
                draft.article.volume = volume.group(1)
                taken.append(volume.group(1))
            if number and not draft.article.issue:
                draft.article.issue = number.group(1)
                taken.append(number.group(1))
            draft.drop_rest(block.line, block.text, taken, "issue line of the page")


def read_section(draft: Draft) -> None:
    for zone in draft.take("section"):
        draft.drop_label(zone)
        draft.article.subjects += [block.text for block in zone.blocks]


def read_license(draft: Draft) -> None:
    for zone in draft.take("license"):
        draft.drop_label(zone)
        text = " ".join(block.text for block in zone.blocks)
        draft.article.permissions.license_text = text


def read_title(draft: Draft) -> None:
    """The title-like line that the citation repeats, else the first one, else the citation's."""
    cited = str(draft.citation.item.get("title", "")) if draft.citation else ""
    candidates = _title_candidates(draft)
    same = [block for block in candidates if words(cited) and words(cited)[:6] == words(block.text)[:6]]
    chosen = same[0] if same else (candidates[0] if candidates and not cited else None)
    for block in candidates:
        if block is chosen:
            draft.article.title = Title(make("article-title", block.text))
        elif chosen is not None and words(block.text) == words(chosen.text):
            draft.drop([block], "the title once more")
        else:
            draft.drop([block], "line of the page around the article")
    if chosen is None and cited:
        draft.article.title = Title(make("article-title", cited))
        line = draft.citation.line if draft.citation else None
        draft.note("title-from-citation", "the title stands only in the article's own citation", line)
    if draft.article.title is None:
        draft.note("no-title", "no title was found; give it in NAME.toml", None)


def _title_candidates(draft: Draft) -> list[Block]:
    """Title-like lines before the abstract or the body; later ones are the body's headings."""
    roles = [zone.role for zone in draft.zones]
    first = next((n for n, role in enumerate(roles) if role in ("abstract", "references", "loose")), len(roles))
    early = [zone for zone in draft.zones[:first] if zone.role == "title"]
    draft.zones = [zone for zone in draft.zones if not any(zone is title for title in early)]
    for zone in draft.zones:
        zone.role = "loose" if zone.role == "title" else zone.role
    return [block for zone in early for block in zone.blocks]


def read_keywords(draft: Draft) -> None:
    for zone in draft.take("keywords"):
        pieces = [piece for block in zone.blocks for piece in split_keywords(block)]
        keywords = Keywords([make("kwd", piece) for piece in pieces], title=zone.label)
        if pieces:
            keywords.lang = language.detect(", ".join(pieces), None)
            draft.article.keywords.append(keywords)
        else:
            draft.drop_label(zone)


def split_keywords(block: Block) -> list[str]:
    """Keywords parted by semicolons, bullets or the like where there are any, else by commas."""
    text = block.text.strip()
    if text.endswith(".") and not text.endswith(".."):
        text = text[:-1]
    if block.hints.marker is not None:
        return [text]
    strong = re.split(r"\s*[;；•·|]\s*", text)
    pieces = strong if len(strong) > 1 else LIST_SEPARATOR.split(text)
    return [piece.strip() for piece in pieces if piece.strip()]


def read_abstract(draft: Draft) -> None:
    for zone in draft.take("abstract"):
        if not zone.blocks:
            draft.drop_label(zone)
            continue
        paragraphs = []
        for block in zone.blocks:
            paragraph = make("p")
            append(paragraph, list(_inline(block)))
            paragraphs.append(paragraph)
        text = " ".join(block.text for block in zone.blocks)
        draft.article.abstracts.append(Abstract(paragraphs, title=zone.label, lang=language.detect(text)))


def _inline(block: Block) -> list[object]:
    return [block.content.text or "", *block.content]


def fill_from_citation(draft: Draft) -> None:
    """Journal, volume, issue, pages, year and DOI where the page did not give them; the rest of the line is set aside."""
    if draft.citation is None:
        return
    article, item = draft.article, draft.citation.item
    taken: list[str] = []

    def fill(name: str, value: str) -> None:
        if value and not getattr(article, name):
            setattr(article, name, value)
            taken.append(value)

    if item.get("container-title") and not article.journal.title:
        article.journal.title = item["container-title"]
        taken.append(article.journal.title)
    fill("volume", str(item.get("volume", "")))
    fill("issue", str(item.get("issue", "")))
    _fill_pages(draft, str(item.get("page", "")), taken)
    if item.get("DOI") and "doi" not in article.ids:
        article.ids["doi"] = item["DOI"]
        taken.append(item["DOI"])
    _fill_year(draft, taken)
    if article.title is not None and words(str(item.get("title", ""))) == words(article.title.text):
        if any(finding.code == "title-from-citation" for finding in draft.findings):
            taken.append(article.title.text)
    draft.drop_rest(draft.citation.line or 0, draft.citation.text, taken, SELF_CITATION)


def _fill_pages(draft: Draft, pages: str, taken: list[str]) -> None:
    first, _, last = re.sub(r"\s*[-–—]+\s*", "-", pages).partition("-")
    if not first or draft.article.fpage:
        return
    taken.append(pages)
    if last or first.isdigit():
        draft.article.fpage, draft.article.lpage = first, last
    else:
        draft.article.elocation_id = first


def _fill_year(draft: Draft, taken: list[str]) -> None:
    issued = draft.citation.item.get("issued", {}).get("date-parts", []) if draft.citation else []
    cited = issued[0][0] if issued and issued[0] else None
    if not isinstance(cited, int):
        return
    published = next((date for date in draft.article.dates if date.type == "pub"), None)
    if published is None:
        draft.article.dates.append(Date("pub", cited))
        taken.append(str(cited))
    elif published.year != cited:
        line = draft.citation.line if draft.citation else None
        draft.note("year-differs", f"published {published.year}, but the citation says {cited}", line)
