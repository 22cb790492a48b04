"""What Typst is told in functions of the house style: figures, notes, formulas, entries, languages.

Every character of the article is escaped here, once; pandoc's writer gives the structure around it.
"""

import re
from collections.abc import Callable, Mapping

from pipeline.render import pandoc_ast as ast
from pipeline.render.jats_ast.tables import bold_heads
from pipeline.render.pandoc_ast import Node, Nodes

PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
ENDLESS = re.compile(r"\S{1000,}")
PLACE_TO_BREAK = "\u200b"
LINE = 60
BOXES = {
    "fig": "fig", "fig-group": "fig-group", "table-wrap": "table-wrap", "boxed-text": "boxed-text",
    "statement": "boxed-text", "supplementary-material": "supplementary", "entry": "entry",
    "table-wrap-foot": "table-foot", "disp-formula": "disp-formula", "verse": "verse", "list-item": "list-item",
    "fn": "back-note", "sig-block": "sig-block",
}  # fmt: skip
SPANS = {
    "label": "label-text", "caption-title": "caption-title", "missing-image": "missing-image", "overline": "overline",
    "attrib": "attrib", "subtitle": "heading-subtitle", "sans-serif": "sans", "upright": "upright",
}  # fmt: skip
CAPTIONED = frozenset({"fig", "fig-group", "table-wrap"})


LABEL_START = ast.raw_inline("typst", "#label-text[")


def quoted(text: str) -> str:
    """A Typst string literal."""
    text = CONTROL.sub(" ", text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def escaped(text: str) -> str:
    """Typst markup that prints `text` and does nothing else: every ASCII sign is escaped."""
    return PUNCTUATION.sub(r"\\\g<0>", CONTROL.sub(" ", text))


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
    return inline(escaped(ENDLESS.sub(_broken, node["c"])))


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


def span(node: Node) -> Nodes:
    (anchor, classes, pairs), content = node["c"]
    if "formula" in classes:
        tex = content[0]["c"][1]
        return [inline(f"#formula({quoted(tex)})["), *content, inline("]")]
    wrapper = next((SPANS[name] for name in classes if name in SPANS), "")
    if wrapper:
        content = [inline(f"#{wrapper}["), *content, inline("]")]
    language = dict(pairs).get("lang")
    if language:
        content = [inline(f"#language({quoted(language)})["), *content, inline("]")]
    return [inline(f"#anchor{anchored(anchor)}"), *content] if anchor else content


def note(node: Node) -> Nodes:
    """A footnote with its label; a mark that is no number is set as the author has it."""
    body = node["c"][0]
    (anchor, _, pairs), blocks = body["c"]
    mark = dict(pairs).get("label", "")
    written = [ast.note(blocks), inline(anchored(anchor).strip())] if anchor else [ast.note(blocks)]
    if mark and not mark.strip("()[].").isdecimal():
        return [inline(f"#[#set footnote(numbering: _ => {quoted(mark)});"), *written, inline("]")]
    return written


def image(node: Node) -> Node:
    _, alternative, (source, _) = node["c"]
    words = "".join(each["c"][1] if each["t"] == "RawInline" else "" for each in alternative)
    return inline(f"#picture({quoted(source)}, alt: {quoted(_unescaped(words))})")


def _unescaped(markup: str) -> str:
    return re.sub(r"\\(.)", r"\1", markup)


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
        columns = "".join(f"{key}: {value}, " for key, value in pairs if key in ("columns", "rows") and rest)
        name = name if rest or name not in ("fig", "table-wrap") else "fig-group"  # nothing to describe: no figure
        caption = [block("caption: ["), *captions[0]["c"][1], block("]")] if captions else []
        blocks = [block(f"#{name}({columns}"), *caption, block(")["), *rest, block(f"]{anchored(anchor)}")]
    elif anchor:
        blocks = [block(f"#anchor{anchored(anchor)}"), *blocks]
    language = dict(pairs).get("lang")
    return [block(f"#language({quoted(language)})["), *blocks, block("]")] if language else blocks


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
    "Str": string, "Link": link, "Span": span, "Note": note, "Image": image, "Div": div, "Table": table,
    "Header": header,
}  # fmt: skip
