"""The article's own record for reference managers: BibTeX and RIS, to be copied or saved."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from pipeline.article import Article, Reference
from pipeline.jats.own_item import own_item
from pipeline.references.export import bibtex
from pipeline.references.ris import ris

BIBTEX_KEY = re.compile(r"@\w+\{([^,]+),")

UNRESERVED = "/:;,=@!$*()?"


@dataclass(frozen=True, slots=True)
class Export:
    """`name` of the format, `file` to save it as, its `media_type`, and the `text`."""

    name: str
    file: str
    media_type: str
    text: str

    @property
    def href(self) -> str:
        """The text as an address (RFC 2397), so that a page that may fetch nothing can offer it as a file."""
        return f"data:{self.media_type};charset=utf-8,{quote(self.text, safe=UNRESERVED)}"


def exports(article: Article) -> list[Export]:
    """BibTeX and RIS; none where the article has no title."""
    item = own_item(article)
    if not item:
        return []
    entry = bibtex([Reference(text="", item=item, id=item["id"])])
    found = BIBTEX_KEY.match(entry)
    stem = found[1] if found else item["id"]
    return [
        Export("BibTeX", f"{stem}.bib", "application/x-bibtex", entry),
        Export("RIS", f"{stem}.ris", "application/x-research-info-systems", ris(item)),
    ]
