"""The article's own record for reference managers: BibTeX and RIS, to be copied."""

from pipeline.article import Article, Reference
from pipeline.jats.own_item import own_item
from pipeline.references.export import bibtex
from pipeline.references.ris import ris


def exports(article: Article) -> dict[str, str]:
    """The record in each format, by the format's name; none where the article has no title."""
    item = own_item(article)
    if not item:
        return {}
    return {"BibTeX": bibtex([Reference(text="", item=item, id=item["id"])]), "RIS": ris(item)}
