"""The blocks of the reference list, as they are."""

from pipeline.structure.draft import Draft
from pipeline.structure.zones import REFERENCES


def read_references(draft: Draft) -> None:
    """Hand the reference blocks over; the label is the title of the list."""
    for zone in draft.take(REFERENCES):
        if zone.label and zone.blocks and not draft.article.references_title:
            draft.article.references_title = zone.label
        else:
            draft.drop_label(zone)
        draft.references += zone.blocks
