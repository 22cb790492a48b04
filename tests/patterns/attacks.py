"""Strings that make a regular expression work hard, made from its parse tree."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from re import _constants as code
from re import _parser as parser
from typing import Any, NamedTuple

from tests.patterns.steps import REPEATS, SINGLE, is_one_of

ALPHABET = "aA1 .,-–:;()[]/\"'’&_\t\n#@=éÉ가。<>%+*|xI"
ENDINGS = ("", "\x00")
MANY = 20
PUMPS = 6


class Attack(NamedTuple):
    """`start`, then `pump` as often as one likes, then `end`, at which a match fails or not."""

    start: str
    pump: str
    end: str

    def text(self, times: int) -> str:
        return self.start + self.pump * times + self.end


def attacks(pattern: re.Pattern[str]) -> Iterator[Attack]:
    """For each repeat in the pattern that has no small bound: its own content, over and over."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    found = dict.fromkeys(_pumped(tree, "", tree.state.flags))
    for start, pump in found:
        for end in ENDINGS:
            yield Attack(start, pump, end)


def is_at_most_quadratic(pattern: re.Pattern[str]) -> bool:
    """Whether a pattern has one repeat without a small bound at most: it tries each place and each length, no more."""
    return _repeats(parser.parse(pattern.pattern, pattern.flags)) <= 1


def _repeats(items: Any) -> int:
    """Repeats without a small bound; of branches, the most that one has; within another, they count as many."""
    count = 0
    for operator, argument in items:
        inner = [_repeats(body) for body in _bodies(operator, argument)]
        most = max(inner, default=0)
        own = operator in REPEATS and argument[1] > MANY
        repeated = operator in REPEATS and argument[1] > 1
        count += 1 + 2 * most if own else most * (2 if repeated else 1)
    return count


def _pumped(items: Any, before: str, flags: int) -> Iterator[tuple[str, str]]:
    for index, (operator, argument) in enumerate(items):
        start = before + sample(items[:index], 1, flags)
        if operator in REPEATS and argument[1] > MANY:
            for pump in _pumps(argument[2], flags):
                yield start, pump
                yield "", pump
        for body in _bodies(operator, argument):
            yield from _pumped(body, start, flags)


def _pumps(body: Any, flags: int) -> list[str]:
    pumps = [sample(body, pick, flags) for pick in (0, 1, 2, 3)]
    if len(body) == 1 and body[0][0] in SINGLE:
        pumps += _choices(*body[0], flags)
    pumps += [pump + after for pump in pumps[:2] for after in (" ", ", ", ".", "-")]
    return [pump for pump in dict.fromkeys(pumps) if pump][:PUMPS]


def _bodies(operator: Any, argument: Any) -> list[Any]:
    if operator in REPEATS:
        return [argument[2]]
    if operator is code.SUBPATTERN:
        return [argument[3]]
    if operator is code.ATOMIC_GROUP:
        return [argument]
    if operator in (code.BRANCH, code.ASSERT, code.ASSERT_NOT):
        return list(argument[1]) if operator is code.BRANCH else [argument[1]]
    return []


def _choices(operator: Any, argument: Any, flags: int) -> Sequence[str]:
    """Characters of all kinds that an item matches, its own first."""
    return _known_choices(operator, tuple(argument) if operator is code.IN else argument, int(flags))


@cache
def _known_choices(operator: Any, argument: Any, flags: int) -> Sequence[str]:
    own = [argument] if operator is code.LITERAL else []
    if operator is code.IN:
        own = [
            value if kind is code.LITERAL else value[0]
            for kind, value in argument
            if kind in (code.LITERAL, code.RANGE)
        ]
    return [char for char in dict.fromkeys([*map(chr, own), *ALPHABET]) if is_one_of(char, operator, argument, flags)]


def sample(items: Any, pick: int, flags: int) -> str:
    """A short string that a sequence matches, looks around aside; `pick` chooses among several."""
    text = ""
    for operator, argument in items:
        if operator in SINGLE:
            choices = _choices(operator, argument, flags)
            text += choices[pick % len(choices)] if choices else ""
        elif operator in REPEATS:
            text += sample(argument[2], pick, flags) * (argument[0] or pick % 2)
        elif bodies := [] if operator in (code.ASSERT, code.ASSERT_NOT) else _bodies(operator, argument):
            text += sample(bodies[pick % len(bodies)], pick, flags)
    return text
