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
        kept = choice if choice is not None and (fallback is None or _holds(choice)) else fallback
        if kept is None:
            remove(alternate)
            continue
        for child in list(alternate):
            if child is not kept:
                alternate.remove(child)
        unwrap(kept)
        unwrap(alternate)


def _holds(element: Element) -> bool:
    return any(True for _ in element.iter(TEXT_BOX, *PICTURES, DATA))


def lift_text_boxes(root: Element) -> int:
    """Put the paragraphs of each text box behind the paragraph that it hangs on; how many boxes there were."""
    count = 0
    for box in list(root.iter(TEXT_BOX)):
        holder = _outer_paragraph(box)
        if holder is None:
            continue
        count += 1
        run = _run_of(box)
        parent = holder.getparent()
        place = parent.index(holder) + 1  # type: ignore[union-attr]
        while place < len(parent) and parent[place].get("lifted"):  # type: ignore[arg-type,index]
            place += 1
        for offset, child in enumerate(list(box)):
            child.set("lifted", "1")
            parent.insert(place + offset, child)  # type: ignore[union-attr]
        if run is not None and not any(True for _ in run.iter(*PICTURES, TEXT_BOX, w("t"))):
            remove(run)
        elif box.getparent() is not None:
            remove(box)
    for child in root.iter(w("p"), w("tbl"), w("sdt")):
        if child.get("lifted"):
            del child.attrib["lifted"]
    return count


def _outer_paragraph(box: Element) -> Element | None:
    """The outermost paragraph around a box that is itself in no box."""
    found = None
    for parent in box.iterancestors():
        if parent.tag == TEXT_BOX:
            return None
        if parent.tag == w("p"):
            found = parent
            break
    return found


def _run_of(box: Element) -> Element | None:
    return next((parent for parent in box.iterancestors() if parent.tag == w("r")), None)


def say_drawings(root: Element) -> list[Finding]:
    """Charts and diagrams that Word draws itself, of which the file holds no picture."""
    kinds = [each.get("uri") for each in root.iter(DATA)]
    lost = sum(kind in (CHART, DIAGRAM) for kind in kinds)
    message = f"{lost} charts or diagrams are drawn by Word and have no picture in the file; save them as pictures"
    return [Finding("drawing-without-picture", Severity.WARNING, message)] if lost else []
