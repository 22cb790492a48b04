"""The PDF of an article: the facts its template reads, set by Typst, rescued where that refuses."""

import textwrap
from collections.abc import Iterator
from datetime import date
from typing import Any

from pipeline.article import Article
from pipeline.bibliography.richtext import FormattedBibliography
from pipeline.errors import LimitReached
from pipeline.pandoc import PandocError
from pipeline.render import fonts, rescue, typesetting
from pipeline.render.document import Document, Part
from pipeline.render.house import House
from pipeline.render.metadata import keyword_list
from pipeline.render.pandoc_ast import text_of
from pipeline.render.typesetting import TypesettingError

LONGEST = 1000


def write(article: Article, document: Document, bibliography: FormattedBibliography, house: House) -> bytes:
    """A PDF that is PDF/A-2a and PDF/UA-1 at once; what the standards refuse is replaced and becomes a finding."""
    with typesetting.opened(house, document, template_data(article, document, bibliography, house)) as setting:
        try:
            setting.lay(document.pieces, document.findings)
            made = setting.pdf()
        except (TypesettingError, PandocError, LimitReached) as refusal:
            made = rescue.pdf(setting, document, house, refusal)
        setting.report()
        return made


def template_data(
    article: Article, document: Document, bibliography: FormattedBibliography, house: House
) -> dict[str, Any]:
    """What `article.typ` reads from `article.json`; keys without a value are empty strings or lists."""
    settings = house.settings
    languages = sorted({article.lang, *fonts.CJK_FACES})
    return document.front | {
        "house": settings,
        "fonts": {lang: fonts.stack(settings["fonts"]["text"], lang) for lang in languages},
        "heading_fonts": fonts.stack(settings["fonts"]["headings"], article.lang),
        "abstracts": [
            _part(part) | {"length": len(text_of(document.pieces[part.piece]))} for part in document.abstracts
        ],
        "keyword_groups": [_part(part) for part in document.keywords],
        "title": shortened(document.front["title"]),
        "keywords": list(first_of(keyword_list(article))),
        "references_title": document.references_title,
        "hanging_indent": bibliography.hanging_indent,
        "date": whole_date(document.front["date"]),
        "logo": f"logo{house.logo.suffix}" if house.logo else "",
        "draft": house.draft,
        "broken_images": [],
    }


def whole_date(iso: str) -> str:
    """The day of an ISO 8601 date, the first where it names none; empty where there is no such day."""
    year, month, day = [*(int(part) for part in iso.split("-") if part), 1, 1, 1][:3] if iso else (0, 1, 1)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def shortened(text: str) -> str:
    """`text` for metadata and running heads: a string of a PDF/A has at most 32,767 bytes (ISO 19005-2, 6.1.13)."""
    return text if len(text) <= LONGEST else textwrap.shorten(text, LONGEST, placeholder=" …")


def first_of(words: list[str]) -> Iterator[str]:
    """The words that fit in one string of the PDF's metadata."""
    length = 0
    for word in words:
        length += len(word) + 2
        if length > LONGEST:
            return
        yield word


def _part(part: Part) -> dict[str, Any]:
    return {"piece": part.piece, "title": part.title, "lang": part.lang}
