"""The blocks of the reference list, as they are."""

from pipeline.structure.draft import Draft
from pipeline.structure.zones import REFERENCES


def read_references(draft: Draft) -> None:
    """Hand the reference blocks over; the label is the title of the list."""
    zones = draft.take(REFERENCES)
    labelled = [zone for zone in zones if zone.label and zone.blocks]
    if len(labelled) > 1 and len(draft.article.abstracts) > 1:
        message = "a second list of references: if the file holds two articles, give each its own file"
        draft.note("second-article", message, labelled[1].label_line)
    for zone in zones:
        if zone.label and zone.blocks and not draft.article.references_title:
            draft.article.references_title = zone.label
        else:
            draft.drop_label(zone)
        draft.references += zone.blocks
