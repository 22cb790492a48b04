"""Figures, graphics, media and supplementary material, and the captions of all of them."""

import re
from pathlib import Path
from textwrap import shorten

from pipeline.article import Element
from pipeline.elements import HREF
from pipeline.files import file_within
from pipeline.render import pandoc_ast as ast
from pipeline.render.jats_ast.mapper import (
    Handler,
    Image,
    Mapper,
    child,
    children,
    local_name,
    plain,
    safe_href,
    with_lead,
)
from pipeline.render.pandoc_ast import Nodes
from pipeline.render.pictures import picture_kind

CAPTION_PARTS = frozenset({"label", "caption", "alt-text", "long-desc", "object-id"})
LONGEST_ALTERNATIVE = 250
GRAPHICS = ("graphic", "inline-graphic")
ABOUT_PICTURE = ("caption", "attrib", "permissions")
MAXIMUM_BYTES = 40_000_000
SUFFIXES = ("", ".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp")


def caption(mapper: Mapper, element: Element) -> Nodes:
    """A Div `caption`: what `captioned` gives. Nothing where there is none."""
    blocks = captioned(mapper, element)
    return [ast.div(blocks, classes=["caption"])] if blocks else []


def captioned(mapper: Mapper, element: Element) -> Nodes:
    """Label and title of a part, run into the first paragraph of its caption; what it shows; its identifiers."""
    label = mapper.one_line(child(element, "label"))
    holder = child(element, "caption")
    title = mapper.one_line(child(holder, "title")) if holder is not None else []
    blocks = [] if holder is None else mapper.flow(holder, frozenset({"title", "label"}))
    lead: Nodes = [ast.span(label, classes=["label"])] if label else []
    if title:
        lead += [*([ast.space()] if lead else []), ast.span(title, classes=["caption-title"])]
    return with_lead(lead, blocks) + descriptions(mapper, element) + object_ids(mapper, element)


def descriptions(mapper: Mapper, element: Element) -> Nodes:
    """What a part shows, at length, for those who do not see it; and its alt-text where no picture has that."""
    names = ("long-desc",) if pictures_of(element) else ("long-desc", "alt-text")
    lines = [mapper.one_line(part) for part in children(element) if local_name(part) in names]
    for picture in pictures_of(element):
        lines += [mapper.one_line(part) for part in children(picture) if local_name(part) == "long-desc"]
    return [ast.para([ast.span(line, classes=["attrib"])]) for line in lines if line]


def pictures_of(element: Element) -> list[Element]:
    """The pictures that a part shows itself, those of its parts aside."""
    shown = [part for part in children(element) if local_name(part) in GRAPHICS]
    chosen = [best_of(part) for part in children(element) if local_name(part) == "alternatives"]
    return [*shown, *(part for part in chosen if local_name(part) in GRAPHICS)]


def object_ids(mapper: Mapper, element: Element) -> Nodes:
    """The identifiers of a part, where its caption does not name them."""
    said = plain(child(element, "caption"))
    found = [part for part in children(element) if local_name(part) == "object-id" and plain(part) not in said]
    return [ast.para([ast.span(mapper.inline_element(part), classes=["attrib"])]) for part in found]


def alternative(element: Element) -> str:
    """The text that stands for a picture: its alt-texts; of a figure's first, or one without, the figure's too."""
    own = alt_texts(element)
    holder = next((each for each in element.iterancestors() if local_name(each) != "alternatives"), None)
    shown = pictures_of(holder) if holder is not None else []
    if holder is not None and element in shown and (not own or element is shown[0]):
        own = list(dict.fromkeys([*own, *alt_texts(holder)]))
    return " ".join(own)


def alt_texts(element: Element) -> list[str]:
    return [text for part in children(element) if local_name(part) == "alt-text" and (text := plain(part))]


def caption_text(element: Element) -> str:
    """Label and title of what a picture is part of, or the beginning of its caption: the rest is read below it."""
    for parent in element.iterancestors():
        if local_name(parent) in ("fig", "table-wrap", "boxed-text", "fig-group", "chem-struct-wrap"):
            caption = child(parent, "caption")
            title = plain(child(caption, "title")) if caption is not None else ""
            words = title or shorten(plain(caption), LONGEST_ALTERNATIVE, placeholder=" …")
            return f"{plain(child(parent, 'label'))} {words}".strip()
    return ""


def figure(mapper: Mapper, element: Element) -> Nodes:
    """Div `fig`: pictures and whatever else it holds, then the Div `caption`."""
    blocks = mapper.flow(element, CAPTION_PARTS)
    return [ast.div([*blocks, *caption(mapper, element)], anchor=element.get("id", ""), classes=["fig"])]


def figure_group(mapper: Mapper, element: Element) -> Nodes:
    blocks = caption(mapper, element) + mapper.flow(element, CAPTION_PARTS)
    return [ast.div(blocks, anchor=element.get("id", ""), classes=["fig-group"])]


def graphic(mapper: Mapper, element: Element) -> Nodes:
    """A picture, and what is said of it alone: its caption is no other's, so that it is no Div `caption`."""
    about = [part for part in children(element) if local_name(part) in ABOUT_PICTURE]
    said = [block for part in about for block in mapper.flow(part)]
    labels = mapper.one_line(child(element, "label"))
    return [ast.para(inline_graphic(mapper, element)), *with_lead(labels, said)]


def inline_graphic(mapper: Mapper, element: Element) -> Nodes:
    href = element.get(HREF, "").strip()
    found = load(mapper, href, element) if href else None
    words = alternative(element)
    if found is None:
        return [ast.span([ast.string(f"[{words or href or '?'}]")], classes=["missing-image"])]
    if not words and local_name(element) == "graphic":
        words = caption_text(element)
        mapper.find("figure-without-alt", f"the picture “{href}” has no alt-text; its caption stands for it", element)
    return [ast.image(found.name, words or href)]


def load(mapper: Mapper, href: str, element: Element) -> Image | None:
    """The picture, from the media or read from inside `mapper.base`; None with a finding where neither has it."""
    if href in mapper.images:
        return mapper.images[href]
    path = _inside(mapper.base, href) if href not in mapper.media else Path(href)
    if path is None:
        mapper.find("image-missing", f"the picture “{href}” is not in the article's folder", element)
        return None
    data = mapper.media[href] if href in mapper.media else path.read_bytes()
    media_type, suffix = picture_kind(data)
    if not media_type:
        mapper.find("image-format", f"the picture “{href}” is not PNG, JPEG, GIF, WebP or SVG; convert it", element)
        return None
    stem = re.sub(r"[^A-Za-z0-9-]+", "-", path.stem).strip("-") or "picture"
    image = Image(f"media/{len(mapper.images) + 1}-{stem}{suffix}", data, media_type)
    mapper.images[href] = image
    return image


def _inside(base: Path | None, href: str) -> Path | None:
    if base is None or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\]", href):
        return None
    path = file_within(base, href, SUFFIXES)
    return path if path is not None and path.stat().st_size <= MAXIMUM_BYTES else None


def media(mapper: Mapper, element: Element) -> Nodes:
    """Film, sound and supplementary files: a link where a reader can follow it, and the caption."""
    href = element.get(HREF, "").strip()
    blocks = caption(mapper, element) + mapper.flow(element, CAPTION_PARTS)
    if href:
        name = [ast.string(href.rsplit("/", 1)[-1])]
        blocks.append(ast.para([ast.link(href, name)] if safe_href(href) else name))
    return [ast.div(blocks, anchor=element.get("id", ""), classes=["supplementary-material"])]


def inline_media(mapper: Mapper, element: Element) -> Nodes:
    href = element.get(HREF, "").strip()
    named = [text for part in alt_texts(element) for text in (ast.string(part), ast.space())][:-1]
    content = mapper.inline(element, CAPTION_PARTS) or named or [ast.string(href.rsplit("/", 1)[-1])]
    return [ast.link(href, content)] if safe_href(href) else content


def alternatives(mapper: Mapper, element: Element) -> Nodes:
    """One of several forms of the same thing: a table rather than its picture, a web picture rather than a master."""
    return mapper.block(best_of(element)) if len(element) else []


def best_of(element: Element) -> Element:
    parts = list(children(element))
    return max(parts, key=lambda part: (_rank(part), -parts.index(part)), default=element)


def _rank(part: Element) -> int:
    name = local_name(part)
    if name in ("table", "code", "mml:math", "tex-math", "preformat"):
        return 3
    tiff = part.get(HREF, "").lower().endswith((".tif", ".tiff", ".eps"))
    return 0 if tiff else 2 if name in GRAPHICS else 1


BLOCKS: dict[str, Handler] = {
    "fig": figure,
    "fig-group": figure_group,
    "table-wrap-group": figure_group,
    "chem-struct-wrap": figure,
    "graphic": graphic,
    "media": media,
    "supplementary-material": media,
    "alternatives": alternatives,
}
INLINES: dict[str, Handler] = {
    "graphic": inline_graphic,
    "inline-graphic": inline_graphic,
    "media": inline_media,
    "inline-media": inline_media,
    "inline-supplementary-material": inline_media,
}
