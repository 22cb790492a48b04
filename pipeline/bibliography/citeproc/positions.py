"""Positions of cites: first, subsequent, ibid, near a former note."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.bibliography.citeproc.context import FIRST, IBID, IBID_WITH_LOCATOR, SUBSEQUENT
from pipeline.bibliography.richtext import Cite


@dataclass(slots=True)
class Place:
    """Where a cite stands; notes are numbers of footnotes, 0 in the text."""

    cite: Cite
    note: int = 0
    position: str = FIRST
    near_note: bool = False
    first_note: int = 0


def locate(clusters: Sequence[Sequence[Place]], near_distance: int) -> None:
    """Fills in the positions of places, in order of clusters."""
    first_notes: dict[str, int] = {}
    last_notes: dict[str, int] = {}
    before: Sequence[Place] = ()
    for cluster in clusters:
        for index, place in enumerate(cluster):
            name = place.cite.id
            if name in first_notes:
                place.position = _repeated(place, index, cluster, before)
                place.first_note = first_notes[name]
                place.near_note = place.note - last_notes[name] <= near_distance
            else:
                first_notes[name] = place.note
            last_notes[name] = place.note
        before = cluster


def _repeated(place: Place, index: int, cluster: Sequence[Place], before: Sequence[Place]) -> str:
    if index:
        previous = cluster[index - 1]
        if previous.cite.id != place.cite.id:
            return SUBSEQUENT
    else:
        if not before or any(other.cite.id != place.cite.id for other in before):
            return SUBSEQUENT
        previous = before[-1]
        if place.note - previous.note > 1:
            return SUBSEQUENT
    now, then = place.cite, previous.cite
    if not now.locator:
        return SUBSEQUENT if then.locator else IBID
    same = now.locator == then.locator and now.label == then.label
    return IBID if same else IBID_WITH_LOCATOR
