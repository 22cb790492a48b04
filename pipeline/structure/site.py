"""What a site prints beside an article: DOI, issue, section, furniture."""

from pipeline.structure import issues
from pipeline.structure.draft import Draft
from pipeline.structure.head import DOI, take_issue
from pipeline.structure.licenses import AROUND


def read_doi(draft: Draft) -> None:
    for zone in draft.take("doi"):
        text = " ".join(block.text for block in zone.blocks)
        found = DOI.search(text)
        new = found is not None and draft.article.ids.setdefault("doi", found.group()) == found.group()
        draft.drop_label(zone)
        draft.drop_rest(zone.label_line, text, [found.group()] if found and new else [], "address of the DOI")


def read_issue_zones(draft: Draft) -> None:
    for zone in draft.take("issue"):
        draft.drop_label(zone)
        for block in zone.blocks:
            found = issues.read_issue(block.text)
            draft.drop_rest(block.line, block.text, take_issue(draft, found) if found else [], "issue line of the page")


def read_sections(draft: Draft) -> None:
    for zone in draft.take("section"):
        draft.drop_label(zone)
        for block in zone.blocks:
            if len(block.text) < 120 and block.text not in draft.article.subjects:
                draft.article.subjects.append(block.text)
                draft.article.type = issues.article_type(block.text) or draft.article.type
            else:
                draft.drop([block], AROUND)


def drop_furniture(draft: Draft) -> None:
    """Set aside what the site prints around an article."""
    for zone in draft.take("furniture", "caption", "around"):
        draft.drop_label(zone)
        draft.drop(zone.blocks, f"page furniture ({zone.label})" if zone.label else AROUND)
