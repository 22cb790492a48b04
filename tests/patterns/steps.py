"""How many steps a backtracking matcher takes: the search of Python's `re`, spelled out and counted.

The matcher walks the parse tree of a pattern as `re` does (greedy first, then back), without the shortcuts of the C
code, so that a count is an upper bound for it, up to a constant. Counts are the same on every machine.
"""

import re
from collections.abc import Callable
from re import _constants as code
from re import _parser as parser
from typing import Any

CATEGORIES = {
    code.CATEGORY_DIGIT: r"\d", code.CATEGORY_NOT_DIGIT: r"\D", code.CATEGORY_SPACE: r"\s",
    code.CATEGORY_NOT_SPACE: r"\S", code.CATEGORY_WORD: r"\w", code.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
SINGLE = (code.LITERAL, code.NOT_LITERAL, code.ANY, code.IN)
ONE = "one"
IGNORECASE, DOTALL, MULTILINE = (int(each) for each in (re.IGNORECASE, re.DOTALL, re.MULTILINE))
REPEATS = (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT)

Next = Callable[[int], bool]


class TooMany(Exception):
    """More steps than were allowed."""


def is_one_of(char: str, operator: Any, argument: Any, flags: int) -> bool:
    """Whether one item of a pattern matches a character."""
    if operator is code.ANY:
        return char != "\n" or bool(flags & DOTALL)
    if flags & IGNORECASE:
        return any(_is_one_of(each, operator, argument) for each in {char, char.lower(), char.upper()})
    return _is_one_of(char, operator, argument)


def _is_one_of(char: str, operator: Any, argument: Any) -> bool:
    if operator is code.LITERAL:
        return char == chr(argument)
    if operator is code.NOT_LITERAL:
        return char != chr(argument)
    return any(_is_member(char, *each) for each in argument) != (argument[0][0] is code.NEGATE)


def _is_member(char: str, kind: Any, value: Any) -> bool:
    if kind is code.LITERAL:
        return char == chr(value)
    if kind is code.RANGE:
        return len(char) == 1 and value[0] <= ord(char) <= value[1]
    return kind is code.CATEGORY and re.match(CATEGORIES[value], char) is not None


class Item:
    """One item that matches a single character; what it said of a character it remembers."""

    def __init__(self, operator: Any, argument: Any, flags: int) -> None:
        self.asked = (operator, argument, flags)
        self.known: dict[str, bool] = {}

    def matches(self, char: str) -> bool:
        known = self.known.get(char)
        if known is None:
            known = self.known[char] = is_one_of(char, *self.asked)
        return known


def compiled(items: Any, flags: int) -> tuple[Any, ...]:
    """A parse tree as tuples, with an `Item` where one character is matched."""
    return tuple(_compiled(operator, argument, flags) for operator, argument in items)


def _compiled(operator: Any, argument: Any, flags: int) -> tuple[Any, Any]:
    if operator in SINGLE:
        return ONE, Item(operator, argument, flags)
    if operator in REPEATS:
        return operator, (*argument[:2], compiled(argument[2], flags))
    if operator is code.SUBPATTERN:
        group, added, removed, body = argument
        return operator, (group, added, removed, compiled(body, (flags | added) & ~removed))
    if operator is code.BRANCH:
        return operator, tuple(compiled(body, flags) for body in argument[1])
    if operator in (code.ASSERT, code.ASSERT_NOT):
        return operator, (argument[0], compiled(argument[1], flags), width(argument[1]))
    if operator is code.ATOMIC_GROUP:
        return operator, compiled(argument, flags)
    if operator is code.GROUPREF_EXISTS:
        group, yes, no = argument
        return operator, (group, compiled(yes, flags), compiled(no or (), flags))
    return operator, argument


class Matcher:
    """Counts the steps that a pattern takes on a text."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        tree = parser.parse(pattern.pattern, pattern.flags)
        self.flags = int(tree.state.flags | pattern.flags)
        self.tree = compiled(tree, self.flags)
        self.text, self.steps, self.most = "", 0, 0
        self.end, self.matched = 0, False
        self.groups: dict[int, tuple[int, int]] = {}

    def search(self, text: str, most: int) -> int:
        """The steps to find all matches in a text, one after the other.

        Raises TooMany: more than `most`.
        """
        self.text, self.steps, self.most = text, 0, most
        end = 0
        for start in range(len(text) + 1):
            if start >= end and self._matches_from(start, lambda end: True):
                end = self.end
        return self.steps

    def fullmatch(self, text: str, most: int) -> int:
        """The steps to find whether the whole text matches; `matched` says it."""
        self.text, self.steps, self.most = text, 0, most
        self.matched = self._matches_from(0, lambda end: end == len(text))
        return self.steps

    def _matches_from(self, start: int, done: Next) -> bool:
        self.groups = {}

        def finish(end: int) -> bool:
            self.end = end
            return done(end)

        return self._sequence(self.tree, 0, start, finish)

    def _sequence(self, items: Any, index: int, at: int, then: Next) -> bool:
        while True:
            self.steps += 1
            if self.steps > self.most:
                raise TooMany
            if index == len(items):
                return then(at)
            operator, argument = items[index]
            if operator is not ONE:
                break
            if at >= len(self.text) or not argument.matches(self.text[at]):
                return False
            index, at = index + 1, at + 1
        return self._item(operator, argument, at, lambda end: self._sequence(items, index + 1, end, then))

    def _item(self, operator: Any, argument: Any, at: int, then: Next) -> bool:
        if operator in REPEATS:
            low, high, body = argument
            if operator is code.POSSESSIVE_REPEAT:
                return self._atomic(lambda found: self._repeat(body, low, high, at, 0, True, found), then)
            return self._repeat(body, low, high, at, 0, operator is code.MAX_REPEAT, then)
        if operator is code.SUBPATTERN:
            group, _, _, body = argument

            def close(end: int) -> bool:
                before = self.groups.get(group)
                self.groups[group] = (at, end)
                if then(end):
                    return True
                if before is None:
                    del self.groups[group]
                else:
                    self.groups[group] = before
                return False

            return self._sequence(body, 0, at, then if group is None else close)
        if operator is code.ATOMIC_GROUP:
            return self._atomic(lambda found: self._sequence(argument, 0, at, found), then)
        if operator is code.BRANCH:
            return any(self._sequence(branch, 0, at, then) for branch in argument)
        if operator in (code.ASSERT, code.ASSERT_NOT):
            return self._looks(argument, at) == (operator is code.ASSERT) and then(at)
        if operator is code.AT:
            return self._is_at(argument, at) and then(at)
        return self._reference(operator, argument, at, then)

    def _reference(self, operator: Any, argument: Any, at: int, then: Next) -> bool:
        if operator is code.GROUPREF:
            start, end = self.groups.get(argument, (0, -1))
            held = self.text[start:end]
            return end >= 0 and self.text.startswith(held, at) and then(at + len(held))
        if operator is code.GROUPREF_EXISTS:
            group, yes, no = argument
            return self._sequence(yes if group in self.groups else no, 0, at, then)
        raise NotImplementedError(operator)

    def _atomic(self, match: Callable[[Next], bool], then: Next) -> bool:
        found = []

        def keep(end: int) -> bool:
            found.append(end)
            return True

        return match(keep) and then(found[0])

    def _repeat(self, body: Any, low: int, high: Any, at: int, count: int, greedy: bool, then: Next) -> bool:
        if len(body) == 1 and body[0][0] is ONE:
            return self._run(body[0][1], low, high, at, greedy, then)

        def again(end: int) -> bool:
            return (end > at or count < low) and self._repeat(body, low, high, end, count + 1, greedy, then)

        self.steps += 1
        if self.steps > self.most:
            raise TooMany
        more = high is code.MAXREPEAT or count < high
        if count < low:
            return self._sequence(body, 0, at, again)
        if greedy:
            return (more and self._sequence(body, 0, at, again)) or then(at)
        return then(at) or (more and self._sequence(body, 0, at, again))

    def _run(self, item: Any, low: int, high: Any, at: int, greedy: bool, then: Next) -> bool:
        """A repeated single character, without recursion."""
        most = len(self.text) - at if high is code.MAXREPEAT else min(int(high), len(self.text) - at)
        length = 0
        while length < most and item.matches(self.text[at + length]):
            length += 1
        self.steps += length
        ends = range(at + length, at + low - 1, -1) if greedy else range(at + low, at + length + 1)
        return any(then(end) for end in ends)

    def _looks(self, argument: Any, at: int) -> bool:
        direction, body, (low, high) = argument
        if direction > 0:
            return self._sequence(body, 0, at, lambda end: True)
        return any(self._sequence(body, 0, at - back, lambda end: end == at) for back in range(low, min(high, at) + 1))

    def _is_at(self, where: Any, at: int) -> bool:
        text, size = self.text, len(self.text)
        word = [0 <= place < size and (text[place].isalnum() or text[place] == "_") for place in (at - 1, at)]
        multiline = bool(self.flags & MULTILINE)
        return {
            code.AT_BEGINNING: at == 0 or (multiline and text[at - 1] == "\n"),
            code.AT_BEGINNING_STRING: at == 0,
            code.AT_END: at == size
            or (at == size - 1 and text[at] == "\n")
            or (multiline and text[at : at + 1] == "\n"),
            code.AT_END_STRING: at == size,
            code.AT_BOUNDARY: word[0] != word[1],
            code.AT_NON_BOUNDARY: word[0] == word[1],
        }[where]


def width(items: Any) -> tuple[int, int]:
    """The least and the greatest length of what a sequence matches (of look-behinds, where it is fixed)."""
    low = high = 0
    for operator, argument in items:
        if operator in SINGLE:
            least = most = 1
        elif operator in REPEATS:
            inner = width(argument[2])
            least, most = inner[0] * argument[0], inner[1] * int(argument[1])
        elif operator is code.SUBPATTERN:
            least, most = width(argument[3])
        elif operator is code.BRANCH:
            sizes = [width(branch) for branch in argument[1]]
            least, most = min(size[0] for size in sizes), max(size[1] for size in sizes)
        elif operator is code.ATOMIC_GROUP:
            least, most = width(argument)
        else:
            least = most = 0
        low, high = low + least, high + most
    return low, high
