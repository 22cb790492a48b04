"""Lists of names: how many are shown, what stands between them, and each name in its form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.bibliography.citeproc import markup
from pipeline.bibliography.citeproc.context import BIBLIOGRAPHY, CITATION, FIRST, Context
from pipeline.bibliography.citeproc.people import Person
from pipeline.bibliography.citeproc.stream import PERSON, Stream, text_of, wrap


@dataclass(slots=True)
class NameForm:
    """The options of `name` after inheritance; numbers are counts of names."""

    form: str
    and_: str
    delimiter: str
    precedes_last: str
    precedes_et_al: str
    et_al_min: int
    et_al_use_first: int
    subsequent_min: int
    subsequent_use_first: int
    use_last: bool
    initialize: bool
    initialize_with: str | None
    hyphen: bool
    sort_order: str
    sort_separator: str
    demote: str
    element: Any
    parts: Mapping[str, Any]

    @classmethod
    def read(cls, options: dict[str, str], element: Any, style: Any) -> "NameForm":
        """`element` is the `name` node, or None; its own options are among `options` already."""
        get = options.get
        minimum = int(get("et-al-min", 0)) if "et-al-use-first" in options else 0
        first = int(get("et-al-use-first", 1))
        return cls(
            get("name-form", "long"), get("and", ""), get("name-delimiter", ", "),
            get("delimiter-precedes-last", "contextual"), get("delimiter-precedes-et-al", "contextual"),
            minimum, first,
            int(get("et-al-subsequent-min", minimum)), int(get("et-al-subsequent-use-first", first)),
            get("et-al-use-last") == "true", get("initialize", "true") != "false", get("initialize-with"),
            style.get("initialize-with-hyphen", "true") != "false",
            get("name-as-sort-order", ""), get("sort-separator", ", "),
            style.get("demote-non-dropping-particle", "display-and-sort"),
            element, element.parts if element is not None else {},
        )  # fmt: skip

    def shown(self, count: int, context: Context) -> int:
        """How many of `count` names are printed before `et al.`."""
        if context.sorting is not None and ("names-min" in context.sorting or "names-use-first" in context.sorting):
            minimum = int(context.sorting.get("names-min", self.et_al_min))
            first = int(context.sorting.get("names-use-first", self.et_al_use_first))
        elif context.area == CITATION and context.position != FIRST:
            minimum, first = self.subsequent_min, self.subsequent_use_first
        else:
            minimum, first = self.et_al_min, self.et_al_use_first
        if not minimum or count < minimum:
            return count
        if context.sorting is None:
            first = max(first, context.distinction.names)
        if self.use_last:
            first = min(first, max(minimum - 2, 1))
        return min(first, count)


def print_list(people: tuple[Person, ...], form: NameForm, et_al: Any, context: Context) -> Stream:
    shown = form.shown(len(people), context)
    rest = len(people) - shown
    use_last = form.use_last
    if context.sorting is not None and "names-use-last" in context.sorting:
        use_last = context.sorting["names-use-last"] == "true"
    names = [one_name(person, index, form, context) for index, person in enumerate(people[:shown])]
    if rest and use_last and shown:
        last = one_name(people[-1], len(people) - 1, form, context)
        return [*_joined(names, form.delimiter), *_delimiter(form.delimiter), "… ", *last]
    if rest:
        if not names:
            return []
        inverted = _inverts(people[len(names) - 1], len(names) - 1, form)
        return _with_et_al(names, inverted, form, et_al, context)
    if not form.and_ or len(names) < 2 or context.sorting is not None:
        return _joined(names, form.delimiter)
    inverted = _inverts(people[len(names) - 2], len(names) - 2, form)
    before = _joined(names[:-1], form.delimiter)
    conjunction = "&" if form.and_ == "symbol" else context.locale.term("and")
    rule = "contextual" if people[-1].literal else form.precedes_last
    if _separates(rule, len(names) - 1, inverted):
        return [*before, *_delimiter(form.delimiter), f"{conjunction} ", *names[-1]]
    gap = "" if conjunction.startswith((",", ";")) else " "
    return [*before, f"{gap}{conjunction} ", *names[-1]]


def _inverts(person: Person, index: int, form: NameForm) -> bool:
    """Whether a name is printed family name first because the style asks so."""
    return not person.literal and (form.sort_order == "all" or (form.sort_order == "first" and index == 0))


def _with_et_al(names: list[Stream], inverted: bool, form: NameForm, et_al: Any, context: Context) -> Stream:
    term = et_al.print(context) if et_al is not None else [context.locale.term("et-al")]
    if not term or term == [""]:
        return _joined(names, form.delimiter)
    gap = _delimiter(form.delimiter) if _separates(form.precedes_et_al, len(names), inverted) else [" "]
    stream = [*_joined(names, form.delimiter), *gap, *term]
    return form.element.affixed(form.element.formatted(stream)) if form.element is not None else stream


def _separates(rule: str, before: int, inverted: bool) -> bool:
    """Whether the delimiter precedes the last name or `et al.` after `before` names."""
    if rule == "after-inverted-name":
        return inverted
    return rule == "always" or (rule == "contextual" and before > 1)


def _delimiter(delimiter: str) -> Stream:
    return [delimiter] if delimiter else []


def _joined(names: list[Stream], delimiter: str) -> Stream:
    result: Stream = []
    for index, name in enumerate(names):
        if index and delimiter:
            result.append(delimiter)
        result += name
    return result


def one_name(person: Person, index: int, form: NameForm, context: Context) -> Stream:
    """One name as its place in the list asks."""
    stream = _one_name(person, index, form, context)
    if form.element is not None and not person.literal:
        stream = form.element.affixed(form.element.formatted(stream))
    return wrap(stream, PERSON, person.given) if context.area == BIBLIOGRAPHY else stream


def _one_name(person: Person, index: int, form: NameForm, context: Context) -> Stream:
    if person.literal:
        return _affixed("family", _part("family", markup.parse(person.literal), form, context), form)
    level = _level(person, index, context)
    sorting = context.sorting is not None
    if person.static:
        return _static(person, form, context)
    inverted = sorting or form.sort_order == "all" or (form.sort_order == "first" and index == 0)
    if form.form == "short" and not level:
        return _short(person, inverted, form, context)
    given = person.given
    if form.initialize_with is not None and (form.form != "short" or level < 2):
        if form.initialize and not (level == 2 and form.form == "long"):
            given = initials(given, form.initialize_with, form.hyphen)
        elif not form.initialize:
            given = tidied(given, form.initialize_with)
    return (_inverted if inverted else _natural)(person, given, form, context)


def _level(person: Person, index: int, context: Context) -> int:
    """How much of the given name disambiguation asks for: 0 none, 1 initials, 2 all of it.

    Entries, which print given names anyway, take over only what initials cannot tell apart.
    """
    if context.sorting is not None:
        return 0
    style, by_cite = context.style, context.distinction.given.get(index, 0)
    everywhere = 0
    if context.given_levels and (index == 0 or not style.given_rule.startswith("primary")):
        everywhere = context.given_levels.get((person.family, person.given), 0)
    if context.area == BIBLIOGRAPHY:
        return 2 if everywhere == 2 or by_cite == 2 or (by_cite and not style.cites_initials) else 0
    return max(by_cite, everywhere)


def _part(name: str, stream: Stream, form: NameForm, context: Context) -> Stream:
    """A part of a name in its own case and formats, without affixes."""
    part = form.parts.get(name)
    return part.styled(stream, context) if part is not None and stream else stream


def _affixed(name: str, stream: Stream, form: NameForm) -> Stream:
    part = form.parts.get(name)
    return part.affixed(stream) if part is not None else stream


GLUED = ("’", "'", "-", "\u2011")


def _spaced(*pieces: Stream) -> Stream:
    """Pieces with spaces between, none after an apostrophe or hyphen."""
    result: Stream = []
    for piece in pieces:
        if piece:
            before = text_of(result)
            glued = not before or before[-1] == " " or (before.endswith(GLUED) and len(before) > 1)
            result += piece if glued else [" ", *piece]
    return result


def _family(particle: str, family: str, form: NameForm, context: Context) -> Stream:
    return _spaced(*(_part("family", markup.parse(text), form, context) for text in (particle, family)))


def _static(person: Person, form: NameForm, context: Context) -> Stream:
    family = _affixed("family", _family("", person.family, form, context), form)
    if form.form == "short" and not _level(person, 0, context):
        return family
    given = _affixed("given", _part("given", [person.given] if person.given else [], form, context), form)
    return [*family, *given]


def _short(person: Person, inverted: bool, form: NameForm, context: Context) -> Stream:
    if inverted and person.non_dropping and form.demote == "display-and-sort":
        family = _family("", person.family, form, context)
        return _affixed("family", [*family, form.sort_separator, person.non_dropping], form)
    return _affixed("family", _family(person.non_dropping, person.family, form, context), form)


def _suffix(person: Person, form: NameForm) -> str:
    """Without full stops where initials have none."""
    bare = form.initialize_with is not None and "." not in form.initialize_with
    return person.suffix.replace(".", "") if bare else person.suffix


def _natural(person: Person, given: str, form: NameForm, context: Context) -> Stream:
    family = _family(person.non_dropping, person.family, form, context)
    if person.dropping:
        gap = "" if person.dropping.endswith(("'", "’", "-")) else " "
        family = [*markup.parse(person.dropping + gap), *family]
    if person.suffix:
        family = [*family, ", " if person.comma_suffix else " ", _suffix(person, form)]
    family = _affixed("family", family, form)
    first = _affixed("given", _part("given", markup.parse(given), form, context), form)
    return [*first, " ", *family] if first and family else [*first, *family]


def _inverted(person: Person, given: str, form: NameForm, context: Context) -> Stream:
    """Family name first; the non-dropping particle goes behind where the style demotes it."""
    sorting = context.sorting is not None
    demoted = form.demote == "display-and-sort" or (form.demote == "sort-only" and sorting)
    before = "" if demoted else person.non_dropping
    behind = person.non_dropping if demoted else ""
    result = _affixed("family", _family(before, person.family, form, context), form)
    first = (_part("given", markup.parse(text), form, context) for text in (given, person.dropping))
    after = _spaced(*first, _family(behind, "", form, context))
    if after:
        result = [*result, form.sort_separator, *_affixed("given", after, form)]
    if person.suffix:
        result = [*result, form.sort_separator, _suffix(person, form)]
    return result


WORDS = re.compile(r"[^\s.]+\.?")
HYPHENS = re.compile("[-\u2010\u2011]")
TAGS = re.compile("</?[a-z][^<>]*>")


def initials(given: str, mark: str, hyphen: bool) -> str:
    """`Jean-Luc Marie` as `J.-L. M.` for the mark `. `; small words and abbreviations are kept whole."""
    bare = mark.rstrip()
    result = ""
    for word in WORDS.findall(TAGS.sub("", given).replace(".-", "-")):
        if word.islower() and len(word.rstrip(".")) > 1:
            result = f"{result.rstrip()} {word} ".lstrip()
            continue
        pieces = [piece for piece in HYPHENS.split(word.rstrip(".,")) if piece]
        pieces = pieces[:1] + [piece for piece in pieces[1:] if not piece[0].islower()]
        abbreviated = word.endswith(".") and len(pieces) == 1
        letters = [piece if abbreviated else _initial(piece) for piece in pieces]
        joint = f"{bare}-" if hyphen else mark
        result += joint.join(filter(None, letters)) + (mark if letters else "")
    return re.sub(r"\s+", " ", result).strip()


def _initial(word: str) -> str:
    return word.lstrip("’'‘\"")[:1].upper()


def tidied(given: str, mark: str) -> str:
    """With `initialize="false"` only the initials and abbreviations that are there take the mark."""
    text = ""
    for word in WORDS.findall(given.replace(".-", "-")):
        short = word.endswith(".") or len(word) == 1
        text += word.rstrip(".") + mark if short and word[0].isupper() else f"{word} "
    return re.sub(r"\s+", " ", text).strip()
