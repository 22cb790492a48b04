"""The article of this room's tests, read once, and its galleys, made once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from pipeline import jats
from pipeline.article import Article
from pipeline.bibliography.richtext import Entry, FormattedBibliography, RichText, Style, Styled
from pipeline.findings import Finding
from pipeline.render import render

CASES = Path(__file__).parent / "cases"
CITE_AS: RichText = ("Okonkwo-Hale, A. (2024). How ", Styled(Style.ITALIC, ("Spartina",)), " holds a shore.")
Galley = tuple[bytes, list[Finding]]


def as_written(article: Article) -> FormattedBibliography:
    """Every reference printed as its author wrote it."""
    entries = [Entry(reference.id, (reference.text,)) for reference in article.references]
    return FormattedBibliography("none", "as-written", article.lang, [], entries, hanging_indent=True)


@pytest.fixture(scope="session")
def article_of() -> Callable[[str], Article]:
    """`article_of(body)`: an article with this body, or the whole of a file of `cases/`."""

    def read(source: str) -> Article:
        if source.endswith(".xml"):
            return jats.read(etree.parse(CASES / source).getroot())
        namespaces = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML"'
        title = "<title-group><article-title>Probe</article-title></title-group>"
        front = f"<front><journal-meta/><article-meta>{title}</article-meta></front>"
        return jats.read(etree.fromstring(f'<article {namespaces} xml:lang="en">{front}{source}</article>'))

    return read


@pytest.fixture(scope="session")
def galley_of(article_of: Callable[[str], Article]) -> Callable[..., Galley]:
    """`galley_of(body, "html")`: that article, rendered; pictures are those of `cases/`."""

    def make(source: str, to: str, **options: str) -> Galley:
        article = article_of(source)
        return render(article, as_written(article), to, base=CASES, cite_as=CITE_AS, **options)

    return make


@pytest.fixture(scope="session")
def full(galley_of: Callable[..., Galley]) -> Callable[[str], Galley]:
    """`full("pdf")`: the galley of `cases/full.xml`."""
    made: dict[str, Galley] = {}

    def get(to: str) -> Galley:
        if to not in made:
            made[to] = galley_of("full.xml", to)
        return made[to]

    return get
