"""The fields of a title page: `Title: …`, `Running title: …`, `Word count: …`."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.article import Block
from pipeline.structure.content import rest_of
from pipeline.structure.draft import Draft
from pipeline.structure.vocabulary import folded, roles

ASIDE = "field of the title page"
LONGEST_LABEL = 40


def without_fields(draft: Draft, blocks: Sequence[Block]) -> list[Block]:
    """The lines of a head: those that a field names without its label, those of the journal's office set aside."""
    kept = []
    for block in blocks:
        label, colon, value = block.text.partition(":")
        role = roles("title_page").get(folded(label), "") if len(label) <= LONGEST_LABEL else ""
        if block.content.tag != "p" or not role:
            kept.append(block)
        elif role == "office" or not value.strip():
            draft.drop([block], ASIDE)
        else:
            draft.drop_rest(block.line, label, [], ASIDE)
            start = len(label) + len(colon) + len(value) - len(value.lstrip())
            style = "title" if role == "title" else block.hints.style
            hints = replace(block.hints, style=style, breaks=())
            kept.append(replace(block, content=rest_of(block.content, start), hints=hints))
    return kept
