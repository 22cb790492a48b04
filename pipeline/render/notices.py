"""What became of an article after it was published, or what it says of another: retractions, corrections, concerns."""

import re
from dataclasses import dataclass

from pipeline.article import Article, Element
from pipeline.elements import HREF
from pipeline.render import pandoc_ast as ast
from pipeline.render.jats_ast import Mapper
from pipeline.render.jats_ast.inline import PUB_ID_ADDRESSES
from pipeline.render.jats_ast.mapper import local_name, plain, safe_href
from pipeline.render.pandoc_ast import Nodes

RELATIONS = {
    "retraction-forward": "retracted", "retraction": "retracted",
    "partial-retraction-forward": "partly_retracted", "partial-retraction": "partly_retracted",
    "removal-forward": "removed", "removal": "removed",
    "correction-forward": "corrected", "correction": "corrected", "corrigendum": "corrected", "erratum": "corrected",
    "expression-of-concern": "concern", "expression-of-concern-forward": "concern",
    "object-of-concern-forward": "concern",
    "addendum": "addendum", "addendum-forward": "addendum",
    "retracted-article": "retracts", "corrected-article": "corrects", "object-of-concern": "concerns",
    "addended-article": "adds",
}  # fmt: skip
OF_NOTICE = {
    "retraction": "retracts", "partial-retraction": "retracts", "correction": "corrects",
    "expression-of-concern": "concerns", "addendum": "adds",
}  # fmt: skip
BECAME = {"retracted-article": "retracted", "retracted": "retracted"}
RETRACTED_TITLE = re.compile(r"\W*RETRACTED\b")


@dataclass(frozen=True, slots=True)
class Notice:
    """`kind`: the label that says it (`retracted`, `corrects` …); `element`: the `related-article` it comes from."""

    kind: str
    element: Element | None = None

    @property
    def address(self) -> str:
        return address(self.element) if self.element is not None else ""


def notices_of(article: Article) -> list[Notice]:
    """By `related-article-type`; by `article-type` and the title where no related article says the same."""
    own = OF_NOTICE.get(article.type, "")
    found = [Notice(kind, element) for element in article.meta if (kind := _kind(element, own))]
    said = {notice.kind for notice in found}
    retracted = article.title is not None and RETRACTED_TITLE.match(article.title.text)
    alone = [own, BECAME.get(article.type, ""), "retracted" if retracted and own != "retracts" else ""]
    return found + [Notice(kind) for kind in dict.fromkeys(alone) if kind and kind not in said]


def _kind(element: Element, own: str) -> str:
    """On a notice, whatever it relates to by the notice's own word (`retraction`) is what it is about."""
    relation = element.get("related-article-type", "") if local_name(element) == "related-article" else ""
    return own if own and OF_NOTICE.get(relation) == own else RELATIONS.get(relation, "")


def notices(article: Article, mapper: Mapper) -> Nodes:
    """A Div `notice` for each, its kind a further class: what is so in bold, and where it stands."""
    made: Nodes = []
    for notice in notices_of(article):
        line: Nodes = [ast.styled("Strong", [ast.string(mapper.labels[f"notice_{notice.kind}"])])]
        if notice.element is not None:
            line += [ast.space(), *reference(mapper, notice.element)]
        made.append(ast.div([ast.para(line)], classes=["notice", notice.kind.replace("_", "-")]))
    return made


def reference(mapper: Mapper, element: Element) -> Nodes:
    """The words of a `related-article` or `related-object`, or else its identifier, as a link where it has one."""
    href = element.get(HREF, "").strip()
    content = mapper.one_line(element) or ([ast.string(href)] if href else [])
    target = address(element)
    linked = next(element.iter("{*}ext-link", "{*}uri", "{*}pub-id"), None) is not None
    return [ast.link(target, content)] if target and content and not linked else content


def address(element: Element) -> str:
    """Where a related article is: its `xlink:href`, completed where it is an identifier."""
    href, kind = element.get(HREF, "").strip(), element.get("ext-link-type", "")
    if not href:
        first = next(element.iter("{*}pub-id"), None)
        href, kind = plain(first), first.get("pub-id-type", "") if first is not None else ""
    if safe_href(href):
        return href
    if not kind and href.startswith("10."):
        kind = "doi"
    return PUB_ID_ADDRESSES[kind] + href if kind in PUB_ID_ADDRESSES and href else ""
