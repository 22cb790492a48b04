"""The words of documents of word processors, a paragraph of their XML a line, before anything is prepared."""

from lxml import etree

from pipeline.article import Element
from pipeline.intake.docx.names import MC, w
from pipeline.intake.odf.names import DRAW, OFFICE, PARAGRAPHS, SPACES, text

GONE_FROM_WORD = {w("del"), w("moveFrom"), w("instrText")}
FALLBACK, CHOICE = f"{{{MC}}}Fallback", f"{{{MC}}}Choice"
SIGNS_OF_WORD = {w("tab"): " ", w("br"): " ", w("cr"): " ", w("noBreakHyphen"): "-"}
GONE_FROM_ODF = {
    text("tracked-changes"), text("note-citation"), text("script"), f"{{{DRAW}}}object", f"{{{OFFICE}}}script",
    "{http://purl.org/dc/elements/1.1/}creator", "{http://purl.org/dc/elements/1.1/}date",
    "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}creator-initials",
    "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}desc",
    "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}title",
}  # fmt: skip


def paragraphs_of_word(root: Element) -> str:
    """The text of `w:t` outside of what is deleted, and of the older of two forms of a drawing."""
    lines: list[list[str]] = []
    around: list[list[str]] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, each in walk:
        if each.tag == w("p"):
            _turn(event, lines, around)
        elif event == "start" and (each.tag in GONE_FROM_WORD or (each.tag == FALLBACK and _has_choice(each))):
            walk.skip_subtree()
        elif event == "start" and around and each.tag == w("t"):
            around[-1].append(each.text or "")
        elif event == "start" and around and each.tag in SIGNS_OF_WORD:
            around[-1].append(SIGNS_OF_WORD[str(each.tag)])
    return "\n".join(map("".join, lines))


def _turn(event: str, lines: list[list[str]], around: list[list[str]]) -> None:
    """Begin the line of a paragraph, or end it."""
    if event == "start":
        lines.append([])
        around.append(lines[-1])
    else:
        around.pop()


def _has_choice(fallback: Element) -> bool:
    choice = fallback.getparent().find(CHOICE)  # type: ignore[union-attr]
    return choice is not None and any((each.text or "").strip() for each in choice.iter(w("t")))


def paragraphs_of_odf(root: Element) -> str:
    """The text of `text:p` and `text:h` outside of what is deleted."""
    lines: list[list[str]] = []
    around: list[list[str]] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, each in walk:
        if each.tag in PARAGRAPHS:
            _turn(event, lines, around)
        if event == "start" and each.tag in GONE_FROM_ODF:
            walk.skip_subtree()
        elif event == "start" and around and isinstance(each.tag, str):
            around[-1].append(" " if each.tag in SPACES else each.text or "")
        elif event == "end" and around and each is not root:
            around[-1].append(each.tail or "")
    return "\n".join(map("".join, lines))
