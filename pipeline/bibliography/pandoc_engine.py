"""Pandoc's citeproc as an engine: one process a document, rich text read back from its syntax tree."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline import pandoc
from pipeline.bibliography import locales
from pipeline.bibliography.richtext import Cite, Cluster, Entry, FormattedBibliography, Link, RichText, Style, Styled
from pipeline.bibliography.styles import CSL, StyleSource, read
from pipeline.bibliography.text import safe
from pipeline.errors import UsageError

MODES = {"": "NormalCitation", "suppress-author": "SuppressAuthor", "author-only": "AuthorInText"}
STYLES = {
    "Emph": Style.ITALIC,
    "Strong": Style.BOLD,
    "SmallCaps": Style.SMALL_CAPS,
    "Superscript": Style.SUPERSCRIPT,
    "Subscript": Style.SUBSCRIPT,
    "Underline": Style.UNDERLINE,
}
Json = dict[str, Any]
MARK = "\u2e24"
"""Punctuation at the head of a suffix, taken out of the output: pandoc puts a comma before a suffix without any."""


def format(  # noqa: A001  (the name of the interface)
    items: Sequence[Json], clusters: Sequence[Cluster], source: StyleSource, locale: str | None = None
) -> FormattedBibliography:
    """See `pipeline.bibliography.format`. Ids are replaced on the way, so that any string may be one."""
    style = read(source.path)
    tag = locales.resolve(locale, source.locale)
    keys = {str(item["id"]): f"item{number}" for number, item in enumerate(items)}
    document = _document(clusters, keys, tag)
    with tempfile.TemporaryDirectory() as folder:
        csl, references = Path(folder, "style.csl"), Path(folder, "references.json")
        csl.write_bytes(repaired(style))
        records = [{**item, "id": keys[str(item["id"])]} for item in items]
        references.write_text(json.dumps(records, ensure_ascii=False), "utf-8")
        options = ["--citeproc", "--csl", str(csl), "--bibliography", str(references)]
        try:
            output = pandoc.to_json(json.dumps(document).encode(), "json", options)
        except pandoc.PandocError as error:
            if "CiteprocParseError" not in str(error):
                raise
            raise UsageError(f"style file {source.path}: {str(error).partition(': ')[2]}; give a valid style") from None
    ids = {key: name for name, key in keys.items()}
    result = FormattedBibliography("pandoc", source.name, tag, notes=style.get("class") == "note")
    for block in output["blocks"]:
        if block["t"] == "Div" and block["c"][0][0] == "refs":
            result.hanging_indent = "hanging-indent" in block["c"][0][1]
            result.entries = [_entry(entry, ids) for entry in block["c"][1]]
    paragraphs = [block for block in output["blocks"] if block["t"] == "Para"]
    by_cluster = zip(clusters, paragraphs, strict=True)
    result.citations = [_citation(cluster, paragraph["c"]) for cluster, paragraph in by_cluster]
    return result


def repaired(style: Any) -> bytes:
    """The style with an empty `name` where `names` has a `label` alone: pandoc would drop the label."""
    for names in style.iter(CSL + "names"):
        label = names.find(CSL + "label")
        if label is not None and names.find(CSL + "name") is None:
            label.addprevious(etree.Element(CSL + "name"))
    return bytes(etree.tostring(style, encoding="utf-8"))


def _document(clusters: Sequence[Cluster], keys: dict[str, str], locale: str) -> Json:
    cited = {cite.id for cluster in clusters for cite in cluster.cites}
    rest = [_cite(Cite(name), keys, locale) for name in keys if name not in cited]
    return {
        "pandoc-api-version": [1, 23, 1],
        "meta": {
            "lang": {"t": "MetaString", "c": locale},
            "link-citations": {"t": "MetaBool", "c": False},
            "nocite": {"t": "MetaInlines", "c": [{"t": "Cite", "c": [rest, []]}] if rest else []},
        },
        "blocks": [{"t": "Para", "c": _cites(cluster, keys, locale)} for cluster in clusters],
    }


def _cites(cluster: Cluster, keys: dict[str, str], locale: str) -> list[Json]:
    cites = [_cite(cite, keys, locale) for cite in cluster.cites if cite.id in keys]
    return [{"t": "Cite", "c": [cites, []]}] if cites else []


def _cite(cite: Cite, keys: dict[str, str], locale: str) -> Json:
    suffix = cite.suffix
    if suffix and not cite.locator and suffix.lstrip()[:1].isalnum():
        suffix = f"{MARK} {suffix.lstrip()}"
    if cite.locator:
        term = locales.term(locale, cite.label) or cite.label
        suffix = f"{{{term} {cite.locator}}}{suffix}"
    return {
        "citationId": keys[cite.id],
        "citationPrefix": [{"t": "Str", "c": cite.prefix}] if cite.prefix else [],
        "citationSuffix": [{"t": "Str", "c": suffix}] if suffix else [],
        "citationMode": {"t": MODES[cite.mode]},
        "citationNoteNum": 0,
        "citationHash": 0,
    }


def _citation(cluster: Cluster, inlines: list[Json]) -> RichText:
    if not inlines:
        return ()
    content: list[Json] = [inline for cite in inlines for inline in (cite["c"][1] if cite["t"] == "Cite" else [cite])]
    if cluster.cites and cluster.cites[0].mode == "author-only":
        return _before_brackets(content)
    return merged(_rich(content))


def _before_brackets(content: list[Json]) -> RichText:
    """The author of pandoc's `Author (2020)`, `Author [1]` or `Author` with a note."""
    author: list[Json] = []
    for inline in content:
        if inline["t"] in ("Note", "Superscript") or (inline["t"] == "Str" and inline["c"][:1] in "([" and author):
            break
        author.append(inline)
    while author and author[-1]["t"] == "Space":
        author.pop()
    return merged(_rich(author))


def _entry(div: Json, ids: dict[str, str]) -> Entry:
    key = div["c"][0][0].removeprefix("ref-")
    label: list[Json] = []
    content: list[Json] = []
    for inline in (inline for block in div["c"][1] for inline in block["c"]):
        is_label = inline["t"] == "Span" and "csl-left-margin" in inline["c"][0][1] and not content
        (label if is_label else content).append(inline)
    return Entry(ids[key], merged(_rich(content)), merged(_rich(label)))


def _rich(inlines: list[Json]) -> list[str | Styled | Link]:
    nodes: list[str | Styled | Link] = []
    for inline in inlines:
        kind: str = inline["t"]
        value: Any = inline.get("c")
        if kind == "Str":
            nodes.append(value.replace(MARK, ""))
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            nodes.append(" ")
        elif kind in STYLES:
            nodes.append(Styled(STYLES[kind], merged(_rich(value))))
        elif kind == "Link":
            href = value[2][0]
            inner = merged(_rich(value[1]))
            nodes += [Link(href, inner)] if safe(href) else inner
        elif kind == "Span":
            normal = "nodecor" in value[0][1]
            inner = merged(_rich(value[1]))
            nodes += [Styled(Style.NORMAL, inner)] if normal else inner
        elif kind == "Quoted":
            marks = "‘’" if value[0]["t"] == "SingleQuote" else "“”"
            nodes += [marks[0], *_rich(value[1]), marks[1]]
        elif kind == "Note":
            nodes += [node for block in value for node in _rich(block["c"])]
        elif kind == "Cite":
            nodes += _rich(value[1])
        elif kind in ("Code", "Math", "RawInline"):
            nodes.append(value[1])
    return nodes


def merged(nodes: Sequence[str | Styled | Link]) -> RichText:
    """The nodes with neighbouring strings joined."""
    result: list[str | Styled | Link] = []
    for node in nodes:
        if isinstance(node, str) and result and isinstance(result[-1], str):
            result[-1] += node
        else:
            result.append(node)
    return tuple(result)
