"""Pictures and figures."""

from pipeline.article import Element
from pipeline.elements import Content, make
from pipeline.intake.markup.mapper import Mapper, flowing
from pipeline.intake.markup.nodes import REFERENCE, Node, Nodes, attributes, descendants, text_of

SIZES = ("width", "height")


def graphic(mapper: Mapper, image: Node, tag: str = "graphic") -> Element | None:
    """The picture with its alternative text and its size as the source gives it; None where it cannot be had."""
    attr, content, (address, title) = image["c"]
    name = mapper.picture(address)
    if name is None:
        return None
    keys = attributes(attr)
    words = keys.get("alt") or text_of(content) or title.removeprefix("fig:")
    size = " ".join(f"{key}:{keys[key]}" for key in SIZES if keys.get(key))
    return make(tag, make("alt-text", words) if words.strip() else None, href=name, specific_use=size)


def inline_graphic(mapper: Mapper, node: Node) -> list[Content]:
    made = graphic(mapper, node, "inline-graphic")
    if made is not None:
        return [made]
    words = text_of(node["c"][1])
    return [f"[{words}]"] if words.strip() else []


def only_images(nodes: Nodes) -> list[Node]:
    """The images of a paragraph that has nothing else in it."""
    images: list[Node] = []
    for node in nodes:
        if node["t"] == "Image":
            images.append(node)
        elif node["t"] in ("Span", "Link", "Strong", "Emph"):
            inner = only_images(node["c"] if isinstance(node["c"][0], dict) else node["c"][1])
            if not inner and text_of(node).strip():
                return []
            images += inner
        elif node["t"] not in ("Space", "SoftBreak", "LineBreak"):
            return []
    return images


def figure_of(mapper: Mapper, images: Nodes) -> list[Element]:
    """A `fig` of the pictures that a paragraph holds; what is said in place of those that are not to be had."""
    pictures = [graphic(mapper, image) for image in images]
    words = [text_of(image["c"][1]) for image, made in zip(images, pictures, strict=True) if made is None]
    missing = [make("p", f"[{text}]") for text in words if text.strip()]
    found = [made for made in pictures if made is not None]
    return [make("fig", found, missing)] if found or missing else []


def figure(mapper: Mapper, node: Node) -> list[Element]:
    """A figure with its caption. Around a table it is the table's own wrap."""
    (identifier, _, _), (_, caption), content = node["c"]
    identifier = identifier or label_in(caption)
    described = mapper.blocks(caption)
    inner = [part for part in _pictures(mapper, content) if part.tag != "p" or len(part) or part.text]
    legend = make("caption", flowing(described)) if flowing(described) else None
    tables = [part for part in inner if part.tag == "table-wrap"]
    if len(tables) == 1 == len(inner):
        if tables[0].find("caption") is None and legend is not None:
            tables[0].insert(0, legend)
        return [mapper.name(tables[0], identifier)]
    parts = [each for part in inner if part.tag != "table-wrap" for each in _flat(part)]
    return [mapper.name(make("fig", legend, parts), identifier), *tables]


def label_in(nodes: Nodes) -> str:
    """The name that a raw `\\label{…}` within a caption gives."""
    for node in descendants(nodes):
        if node["t"] == "RawInline" and (found := REFERENCE.fullmatch(node["c"][1].strip())):
            return found["names"] if found["command"] == "label" else ""
    return ""


def _pictures(mapper: Mapper, nodes: Nodes) -> list[Element]:
    """Pictures of their own; parts with captions of their own stand in the figure as its pictures do."""
    made: list[Element] = []
    for node in nodes:
        images = only_images(node["c"]) if node["t"] in ("Para", "Plain") else []
        if images:
            for part in figure_of(mapper, images):
                made += list(part)
        elif node["t"] == "Figure":
            inner = figure(mapper, node)
            made += [each for part in inner for each in _flat(part)]
        else:
            made += mapper.blocks([node])
    return made


def _flat(part: Element) -> list[Element]:
    """A figure within a figure: its pictures, and its caption as a paragraph."""
    if part.tag != "fig":
        return [part]
    caption = part.find("caption")
    paragraphs = list(caption) if caption is not None else []
    return [child for child in part if child is not caption] + paragraphs
