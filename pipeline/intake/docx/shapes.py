"""Text boxes are lifted out of their shapes; of two forms of the same drawing the newer is kept."""

from pipeline.article import Element
from pipeline.findings import Finding, Severity
from pipeline.intake.docx.names import MC, remove, unwrap, w

TEXT_BOX = w("txbxContent")
PICTURES = ("{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata")
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
DATA = "{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData"


def choose_forms(root: Element) -> None:
    """`mc:AlternateContent`: the choice, or the fallback where only it has a picture or text."""
    for alternate in list(root.iter(f"{{{MC}}}AlternateContent")):
        if alternate.getparent() is None:
            continue
        choice, fallback = alternate.find(f"{{{MC}}}Choice"), alternate.find(f"{{{MC}}}Fallback")
        kept = choice
        if choice is None or (fallback is not None and _holds(fallback) and not _holds(choice)):
            kept = fallback
        alternate[:] = list(kept) if kept is not None else []
        unwrap(alternate)


def _holds(element: Element) -> bool:
    return any(True for _ in element.iter(TEXT_BOX, *PICTURES))


def lift_text_boxes(root: Element) -> None:
    """Put the paragraphs of each text box behind the paragraph that it hangs on, of outer boxes before inner ones."""
    for box in list(root.iter(TEXT_BOX)):
        holder = next(box.iterancestors(w("p")), None)
        if holder is None:
            continue
        part = _part_of(box)
        parent = holder.getparent()
        place = parent.index(holder) + 1  # type: ignore[union-attr]
        while place < len(parent) and parent[place].get("lifted"):  # type: ignore[arg-type,index]
            place += 1
        for offset, child in enumerate(list(box)):
            child.set("lifted", "1")
            parent.insert(place + offset, child)  # type: ignore[union-attr]
        remove(box)
        if part is not None and not _holds(part):
            remove(part)
    for child in root.iter(w("p"), w("tbl"), w("sdt")):
        if child.get("lifted"):
            del child.attrib["lifted"]


def _part_of(box: Element) -> Element | None:
    """What holds a box within its run: pandoc takes a run with a drawing for a picture, and leaves its text out."""
    return next((part for run in box.iterancestors(w("r")) for part in run if box in part.iter(TEXT_BOX)), None)


def say_drawings(root: Element) -> list[Finding]:
    """Charts and diagrams that Word draws itself, of which the file holds no picture."""
    kinds = [each.get("uri") for each in root.iter(DATA)]
    lost = sum(kind in (CHART, DIAGRAM) for kind in kinds)
    message = f"{lost} charts or diagrams are drawn by Word and have no picture in the file; save them as pictures"
    return [Finding("drawing-without-picture", Severity.WARNING, message)] if lost else []
