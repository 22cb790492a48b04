"""Citations that the format knows, as `citation-cluster` elements; `pipeline.cited` sets them as JATS links.

A cluster holds a `cite` for each work (`key`, `mode`: empty, `narrative` or `suppress-author`, `prefix`, `suffix`)
and, after them, the text the author's program printed, if there is any.
"""

from pipeline.elements import CLUSTER, Content, make
from pipeline.intake.markup.mapper import Mapper
from pipeline.intake.markup.nodes import Node, text_of

MODES = {"AuthorInText": "narrative", "SuppressAuthor": "suppress-author", "NormalCitation": ""}


def cluster(mapper: Mapper, node: Node) -> list[Content]:
    """A citation by key. What pandoc prints for it (`[@key]`) is no text of the author."""
    return [make(CLUSTER, [_cite(each) for each in node["c"][0]])]


def _cite(citation: Node) -> Content:
    return make(
        "cite",
        key=citation["citationId"].lstrip("*"),
        mode=MODES[citation["citationMode"]["t"]],
        prefix=text_of(citation["citationPrefix"]),
        suffix=text_of(citation["citationSuffix"]),
    )
