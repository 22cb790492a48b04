"""What Typst is told in functions of the house style: figures, notes, formulas, entries, languages.

Every word of the article is a string of Typst, so that none can be taken for markup; pandoc's writer gives the
structure around it.
"""

import re
from collections.abc import Callable, Mapping

from pipeline.render import pandoc_ast as ast
from pipeline.render.jats_ast.tables import MEASURES, bold_heads
from pipeline.render.pandoc_ast import Node, Nodes

CONTROL = re.compile(r"[\x00-\x1f\x7f]")
ENDLESS = re.compile(r"\S{1000,}")
SIZED = re.compile(r"\\[bB]igg?[lrm]?\s*(?=\\(?:[a-zA-Z]+|\|))")
PLACE_TO_BREAK = "\u200b"
LINE = 60
BOXES = {
    "fig": "fig", "fig-group": "fig-group", "table-wrap": "table-wrap", "boxed-text": "boxed-text",
    "statement": "boxed-text", "supplementary-material": "supplementary", "entry": "entry",
    "table-wrap-foot": "table-foot", "disp-formula": "disp-formula", "verse": "verse", "list-item": "list-item",
    "fn": "back-note", "sig-block": "sig-block", "notice": "notice",
}  # fmt: skip
SPANS = {
    "label": "label-text", "caption-title": "caption-title", "missing-image": "missing-image", "overline": "overline",
    "attrib": "attrib", "subtitle": "heading-subtitle", "sans-serif": "sans-text", "upright": "upright-text",
}  # fmt: skip
# What a template has to define; nothing else of it is seen by the pieces, so that no name of it stands for a
# symbol of a formula (`wide`, `accent`, `upright` …).
FUNCTIONS = (
    "anchor", "language", "direction", "formula", "picture", "horizontalrule",
    *dict.fromkeys([*BOXES.values(), *(name for name in SPANS.values() if name != "overline")]),
)  # fmt: skip
DRAWN = frozenset({*BOXES, "caption", "note"})
CAPTIONED = frozenset({"fig", "fig-group", "table-wrap"})


LABEL_START = ast.raw_inline("typst", "#label-text[")


def quoted(text: str) -> str:
    """A Typst string literal."""
    text = CONTROL.sub(" ", text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def printed(text: str) -> str:
    """A Typst expression that prints `text` and does nothing else."""
    return f"#{quoted(text)};"


def inline(text: str) -> Node:
    return ast.raw_inline("typst", text)


def block(text: str) -> Node:
    return ast.raw_block("typst", text)


def anchored(anchor: str) -> str:
    return f" #label({quoted(anchor)})" if anchor else ""


def adapt(pieces: Mapping[str, Nodes]) -> dict[str, Nodes]:
    """The pieces for pandoc's Typst writer."""

    def rule(node: Node) -> Node | Nodes | None:
        handler = HANDLERS.get(node["t"])
        return handler(node) if handler else None

    return {name: ast.rewrite(blocks, rule) for name, blocks in pieces.items()}


def string(node: Node) -> Node:
    return inline(printed(ENDLESS.sub(_broken, node["c"])))


def _broken(match: re.Match[str]) -> str:
    """A run of characters that fills no line and no string of a PDF (32,767 bytes), with places to break it."""
    run = match.group()
    return PLACE_TO_BREAK.join(run[start : start + LINE] for start in range(0, len(run), LINE))


def link(node: Node) -> Nodes:
    """A link; the second call of a footnote is Typst's own."""
    (_, classes, _), content, (href, _) = node["c"]
    if href.startswith("#"):
        place = f"label({quoted(href[1:])})"
        if "fn" in classes:
            return [inline(f"#footnote({place})")]
        return [inline(f"#link({place})["), *content, inline("]")]
    return [inline(f"#link({quoted(href)})["), *content, inline("]")]


def math(node: Node) -> Node:
    """A formula without the sizes of named delimiters, which pandoc's writer prints by their name."""
    kind, tex = node["c"]
    return {"t": "Math", "c": [kind, SIZED.sub("", tex)]}


def span(node: Node) -> Nodes:
    (anchor, classes, pairs), content = node["c"]
    if "formula" in classes:
        tex = content[0]["c"][1]
        return [inline(f"#formula({quoted(tex)})["), *content, inline("]")]
    wrapper = next((SPANS[name] for name in classes if name in SPANS), "")
    if wrapper:
        content = [inline(f"#{wrapper}["), *content, inline("]")]
    if call := _in_language(dict(pairs)):
        content = [inline(f"#{call}["), *content, inline("]")]
    return [inline(f"#anchor{anchored(anchor)}"), *content] if anchor else content


def note(node: Node) -> Nodes:
    """A footnote with its label, and the mark that the author gave it."""
    body = node["c"][0]
    (anchor, _, pairs), blocks = body["c"]
    mark = dict(pairs).get("label", "")
    written = [ast.note(blocks), inline(anchored(anchor).strip())] if anchor else [ast.note(blocks)]
    if mark:
        return [inline(f"#[#set footnote(numbering: _ => {quoted(mark)});"), *written, inline("]")]
    return written


def image(node: Node) -> Node:
    _, alternative, (source, _) = node["c"]
    words = " + ".join(each["c"][1][1:-1] for each in alternative)
    return inline(f"#picture({quoted(source)}, alt: {words or quoted('')})")


def div(node: Node) -> Nodes:
    (anchor, classes, pairs), blocks = node["c"]
    if "caption" in classes or "note" in classes:
        return [node]
    name = next((BOXES[each] for each in classes if each in BOXES), "")
    if name == "disp-formula":
        blocks, opening = equation(blocks)
        return [block(opening), *blocks, block(f"]{anchored(anchor)}")]
    if name:
        captions = [each for each in blocks if _is_caption(each)] if set(classes) & CAPTIONED else []
        rest = [each for each in blocks if each not in captions]
        sizes = "".join(f"{key}: {value}, " for key, value in pairs if key in MEASURES and rest)
        name = name if rest or name not in ("fig", "table-wrap") else "fig-group"  # nothing to describe: no figure
        caption = [block("caption: ["), *captions[0]["c"][1], block("]")] if captions else []
        place = [block(f"#anchor{anchored(anchor)}")] if anchor and captions else []  # within what may float away
        end = "]" if place else f"]{anchored(anchor)}"
        blocks = [block(f"#{name}({sizes}"), *caption, block(")["), *place, *rest, block(end)]
    elif anchor:
        blocks = [block(f"#anchor{anchored(anchor)}"), *blocks]
    return [block(f"#{call}["), *blocks, block("]")] if (call := _in_language(dict(pairs))) else blocks


def _in_language(attributes: dict[str, str]) -> str:
    """The call that sets content in its language, or, where that is not known, in its direction."""
    if "lang" in attributes:
        return f"language({quoted(attributes['lang'])})"
    return f"direction({quoted(attributes['dir'])})" if "dir" in attributes else ""


def equation(blocks: Nodes) -> tuple[Nodes, str]:
    """The formula without its number, and the call that sets the number beside it."""
    inlines = blocks[0]["c"]
    start = next((index for index, node in enumerate(inlines) if node == LABEL_START), None)
    if start is None:
        return blocks, "#disp-formula["
    number = "".join(node["c"][1] for node in inlines[start + 1 : -1] if node["t"] == "RawInline")
    return [ast.para(inlines[:start])], f"#disp-formula(number: [{number}])["


def _is_caption(node: Node) -> bool:
    return node["t"] == "Div" and "caption" in node["c"][0][1]


def table(node: Node) -> Node:
    """The bare table: the figure around it is `table-wrap`."""
    (anchor, classes, pairs), *rest = bold_heads(node)["c"]
    return {"t": "Table", "c": [[anchor, [*classes, "typst:no-figure"], pairs], *rest]}


def header(node: Node) -> Nodes:
    level, (anchor, classes, pairs), content = node["c"]
    return [{"t": "Header", "c": [level, ["", classes, pairs], content]}, block(anchored(anchor).strip())]


HANDLERS: dict[str, Callable[[Node], Node | Nodes]] = {
    "Math": math, "Str": string, "Link": link, "Span": span, "Note": note, "Image": image, "Div": div, "Table": table,
    "Header": header,
}  # fmt: skip
