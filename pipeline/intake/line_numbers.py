"""Numbers that a manuscript prints beside its lines."""

import itertools
import re

from pipeline.intake.lines import Line

NUMBERED = re.compile(r"[ \t]{0,8}(\d{1,5})(?:[ \t]{1,4}|$)")
LEAST = 8
SHARE = 0.8
STEP = 5


def find_line_numbers(lines: list[Line]) -> dict[int, int]:
    """For each line that begins with its own number (key: number in the file), where its text begins.

    Numbers count lines, blank ones or not, one by one or in steps; they may begin anew on a page.
    """
    numbered = [(line, int(match[1]), match.end()) for line in lines if (match := NUMBERED.match(line.text))]
    if len(numbered) < LEAST:
        return {}
    step = 1
    if len(numbered) < len(lines) * SHARE:
        step = STEP
        numbered = [entry for entry in numbered if entry[1] % STEP == 0]
        if len(numbered) * STEP < len(lines) * SHARE:
            return {}
    places = {line.number: place for place, line in enumerate(lines)}
    regular = set()
    for (one, first, _), (other, second, _) in itertools.pairwise(numbered):
        ahead = second - first
        follows = ahead in (other.number - one.number, places[other.number] - places[one.number])
        if (follows and ahead > 0) or second <= step:
            regular |= {one.number, other.number}
    if len(regular) < len(numbered) * SHARE:
        return {}
    return {line.number: end for line, _, end in numbered if line.number in regular}
