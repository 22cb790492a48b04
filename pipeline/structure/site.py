"""What a site prints beside an article: DOI, issue, section, furniture."""

import re

from pipeline.elements import make
from pipeline.structure import issues
from pipeline.structure.draft import Draft
from pipeline.structure.licenses import AROUND
from pipeline.structure.mastheads import DOI, take_issue

GRANTS = re.compile(
    r"(?:Grant numbers?|Números? de (?:la )?(?:beca|subvención|concessão|concesión)|Numéros? de subvention)[\s:：]*",
    re.IGNORECASE,
)


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


def read_funding_data(draft: Draft) -> None:
    """Funders, each with its `Grant numbers …` on the line after it, as the funding plugin of OJS prints them."""
    for zone in draft.take("funding_data"):
        draft.drop_label(zone)
        groups = []
        for block in zone.blocks:
            numbers = GRANTS.match(block.text)
            if numbers is None:
                groups.append(make("award-group", make("funding-source", block.text)))
            elif groups:
                awards = re.split(r"[;,]\s*", block.text[numbers.end() :])
                groups[-1].extend([make("award-id", award.strip()) for award in awards if award.strip()])
                draft.drop_rest(block.line, numbers.group(), [], "label of the page")
            else:
                draft.drop([block], AROUND)
        if groups:
            draft.article.meta.append(make("funding-group", groups))


def drop_furniture(draft: Draft) -> None:
    """Set aside what the site prints around an article."""
    for zone in draft.take("furniture", "caption", "around"):
        draft.drop_label(zone)
        draft.drop(zone.blocks, f"page furniture ({zone.label})" if zone.label else AROUND)
