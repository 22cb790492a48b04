"""ISSNs that a site prints around an article."""

import re

from pipeline.structure.draft import Draft

LABELLED = re.compile(
    r"(?P<before>e|p|online|print|electronic|impresso|impresa|eletrônico|electrónico)?[-\s]{0,2}ISSN(?:-?L)?"
    r"[\s:]{0,3}(?:\((?P<after>online|print|e|p|electronic|impresso|eletrônico)\))?[\s:]{0,3}(?P<issn>\d{4}-\d{3}[\dXx])(?!\s?[,;/]\s?\d{4}-)",
    re.IGNORECASE,
)
PRINT = {"p", "print", "impresso", "impresa"}
WEIGHTS = range(8, 1, -1)


def read_issns(draft: Draft) -> None:
    """Take the ISSNs from what was set aside: one without a kind is the electronic one."""
    issns = draft.article.journal.issns
    for item in draft.set_aside:
        for match in LABELLED.finditer(item.text):
            kind = (match["before"] or match["after"] or "").casefold()
            issn = match["issn"].upper()
            if has_right_digit(issn) and issn not in issns.values():
                issns.setdefault("print" if kind in PRINT else "electronic", issn)


def has_right_digit(issn: str) -> bool:
    """The check digit of ISO 3297 (modulus 11)."""
    digits = issn.replace("-", "")
    total = sum(int(digit) * weight for digit, weight in zip(digits[:7], WEIGHTS, strict=True))
    return "0123456789X"[-total % 11] == digits[7]
