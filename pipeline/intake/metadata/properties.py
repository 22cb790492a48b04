"""Properties of files: of Word (ECMA-376, Part 2, 8.3), OpenDocument (meta.xml), RTF and EPUB, and a page's `title`."""

import re
from collections.abc import Iterable

from pipeline.article import Article, Contributor, Element, Keywords, Title
from pipeline.elements import make, text_of

NOBODY = re.compile(
    r"(?:microsoft|ms|windows|office|utilisateur|usuario|usuário|user|admin(?:istrator)?|author|autor|owner|unknown|"
    r"anonymous|guest|home|pc|lenovo|hp|dell|acer|asus|toshiba|python-docx|pandoc|libreoffice|openoffice)\b.{0,40}",
    re.IGNORECASE,
)
NOTHING = re.compile(
    r"(?:microsoft word\b.*|untitled.*|document\s?\d*|unbenannt.*|sin título.*|sans titre.*|word document|title|"
    r"manuscript|template|.*\.(?:docx?|odt|rtf|tex|html?|md|pdf)|.*template.*)",
    re.IGNORECASE,
)
MARKS = re.compile(r"(?:,?\s(?:Ph\.?D|M\.?D|M\.?Sc|RN|MPH)\.?)?[\d,*†‡§✉]{0,20}$")
"""A degree and marks of affiliations, which some programs leave behind a name."""
FEWEST_WORDS, MOST_PEOPLE = 2, 40


def properties_of(title: str = "", creators: Iterable[str] = (), keywords: str = "") -> Article | None:
    """What properties say of an article; names of programs and computers say nothing."""
    article = Article()
    title = " ".join(title.split())
    if len(title.split()) >= FEWEST_WORDS and not NOTHING.fullmatch(title):
        article.title = Title(make("article-title", title))
    names = [name.strip() for creator in creators for name in re.split(r";|\s+and\s+", creator)]
    names = [MARKS.sub("", name) for name in names]
    people = [name for name in names if len(name.split()) >= FEWEST_WORDS and not NOBODY.fullmatch(name)]
    article.contributors = [Contributor(written=name) for name in people[:MOST_PEOPLE]]
    words = [word.strip() for word in re.split(r";" if ";" in keywords else r",", keywords) if word.strip()]
    if words:
        article.keywords = [Keywords([make("kwd", word) for word in words])]
    return article if article.title or article.contributors or article.keywords else None


def of_part(root: Element | None) -> Article | None:
    """The properties in `docProps/core.xml` or `meta.xml`."""
    if root is None:
        return None
    found: dict[str, list[str]] = {}
    for each in root.iter("{*}title", "{*}creator", "{*}keywords", "{*}keyword", "{*}initial-creator"):
        if text := " ".join(text_of(each).split()):
            found.setdefault(str(each.tag).rpartition("}")[2], []).append(text)
    words = found.get("keywords", []) + found.get("keyword", [])
    creators = found.get("initial-creator") or found.get("creator", [])
    return properties_of(" ".join(found.get("title", [])[:1]), creators, "; ".join(words))


def said(properties: Article | None) -> list[str]:
    """The strings that properties add to what is counted."""
    if properties is None:
        return []
    strings = [properties.title.text] if properties.title else []
    strings += [person.written for person in properties.contributors]
    return strings + ["".join(map(str, word.itertext())) for group in properties.keywords for word in group.words]
