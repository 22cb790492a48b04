"""The `date` element: localized and own forms, ranges, eras, seasons."""

from dataclasses import dataclass
from typing import Any

from citeproc import model

from pipeline.bibliography.citeproc import numbers, textcase
from pipeline.bibliography.citeproc.context import Context
from pipeline.bibliography.citeproc.dates import Date as DateValue
from pipeline.bibliography.citeproc.dates import Day
from pipeline.bibliography.citeproc.locale import CSL
from pipeline.bibliography.citeproc.nodes import FORMATS, Node
from pipeline.bibliography.citeproc.stream import CLOSE, STYLE, YEAR, YEAR_SUFFIX, Open, Stream, wrap
from pipeline.bibliography.richtext import Style

ORDER = ("year", "month", "day")


@dataclass(slots=True)
class Part:
    """How one part of a date is printed."""

    name: str
    form: str = ""
    prefix: str = ""
    suffix: str = ""
    case: str = ""
    strip: bool = False
    range_delimiter: str = "–"
    formats: tuple[Style, ...] = ()

    @classmethod
    def read(cls, attributes: dict[str, str]) -> "Part":
        formats = tuple(style for (name, value), style in FORMATS.items() if attributes.get(name) == value)
        get = attributes.get
        return cls(
            attributes["name"], get("form", ""), get("prefix", ""), get("suffix", ""), get("text-case", ""),
            get("strip-periods") == "true", get("range-delimiter", "–"), formats,
        )  # fmt: skip


class Date_Part(model.Date_Part):  # type: ignore[misc]  # noqa: N801  (citeproc-py's name for the element)
    def prepare(self, style: Any) -> None:
        self.attributes = dict(self.attrib)
        self.children: list[Any] = []


class Date(Node, model.Date):  # type: ignore[misc]
    def prepare(self, style: Any) -> None:
        super().prepare(style)
        self.variable, self.form = self.get("variable", ""), self.get("form", "")
        self.shown = tuple(self.get("date-parts", "year-month-day").split("-"))
        self.own = {child.attributes["name"]: child.attributes for child in self.children if child.get("name")}
        self.localized: dict[int, tuple[list[Part], str]] = {}

    def parts(self, locale: Any) -> tuple[list[Part], str]:
        """The parts in order and the delimiter between them."""
        if not self.form:
            return [Part.read(child.attributes) for child in self.children if child.get("name")], self.delimiter
        known = self.localized.get(id(locale))
        if known is None:
            element = locale.dates.get(self.form)
            parts = list(element.iterfind(CSL + "date-part")) if element is not None else []
            known = self.localized[id(locale)] = (
                [
                    Part.read({**part.attrib, **self._override(part.get("name"))})
                    for part in parts
                    if part.get("name") in self.shown
                ],
                element.get("delimiter", "") if element is not None else "",
            )
        return known

    def _override(self, name: str) -> dict[str, str]:
        own = self.own.get(name, {})
        return {key: value for key, value in own.items() if key not in ("prefix", "suffix")}

    def print(self, context: Context) -> Stream:
        name = self.variable
        date = context.item.date(name) if name not in context.suppressed else None
        stream = self._stream(date, context) if date is not None else []
        context.call(name, bool(stream))
        context.begun |= bool(stream)
        return self.dressed(stream, context, context.locale.english)

    def _stream(self, date: DateValue, context: Context) -> Stream:
        if context.sorting is not None:
            return self._sort_key(date, context)
        parts, delimiter = self.parts(context.locale)
        if date.begin is None:
            return self._implicit_suffix(self._words(date.literal or date.season, parts), context)
        if date.end is None or date.end == date.begin:
            stream = Printer(context, delimiter).run(parts, date.begin, date.season)
            if date.open_end and stream:
                stream = [*stream, "–"]
        else:
            stream = Printer(context, delimiter).range(parts, date.begin, date.end)
        return self._implicit_suffix(stream, context)

    def _sort_key(self, date: DateValue, context: Context) -> Stream:
        if date.begin is None:
            return [date.literal] if date.literal else []
        shown = {part.name for part in self.parts(context.locale)[0]}
        keys = []
        for day in (date.begin, date.end):
            if day:
                month, number = (day.month if "month" in shown else 0), (day.day if "day" in shown else 0)
                keys.append(Day(day.year, month, number, day.season if "month" in shown else 0).sort_key)
        return ["-".join(keys)]

    def _words(self, words: str, parts: list[Part]) -> Stream:
        """A date in words stands where its year would."""
        year = next((part for part in parts if part.name == "year"), None)
        if year is None or not words:
            return []
        return [token for token in (year.prefix, Open(YEAR), words, CLOSE, year.suffix) if token != ""]

    def _implicit_suffix(self, stream: Stream, context: Context) -> Stream:
        """The year suffix after the first year, in styles that do not place it themselves."""
        suffix = context.distinction.year_suffix
        if not suffix or context.suffix_printed or context.style.places_year_suffix:
            return stream
        for index, token in enumerate(stream):
            if isinstance(token, Open) and token.kind == YEAR:
                end = stream.index(CLOSE, index)
                context.suffix_printed = True
                return [*stream[: end + 1], Open(YEAR_SUFFIX), suffix, CLOSE, *stream[end + 1 :]]
        return stream


class Printer:
    """Prints the parts of days for one date element."""

    def __init__(self, context: Context, delimiter: str) -> None:
        self.context, self.locale, self.delimiter = context, context.locale, delimiter

    def run(self, parts: list[Part], day: Day, season: str = "", *, first: bool = True, last: bool = True) -> Stream:
        """`parts` of a day; without the first's prefix or the last's suffix where told."""
        printed = [(part, stream) for part in parts if (stream := self._part(part, day, season))]
        result: Stream = []
        for index, (part, stream) in enumerate(printed):
            if index and self.delimiter:
                result.append(self.delimiter)
            if part.prefix and (first or index):
                result.append(part.prefix)
            result += stream
            if part.suffix and (last or index < len(printed) - 1):
                result.append(part.suffix)
        return result

    def range(self, parts: list[Part], begin: Day, end: Day) -> Stream:
        """Parts that differ are printed twice, with the range delimiter of the largest of them."""
        differs = [name for name in ORDER if self._value(name, begin) != self._value(name, end)]
        shown = {part.name for part in parts}
        differing = [name for name in differs if name in shown]
        if not differing:
            return self.run(parts, begin)
        largest = differing[0]
        changing = ORDER[ORDER.index(largest) :]
        indexes = [index for index, part in enumerate(parts) if part.name in changing]
        start, stop = indexes[0], indexes[-1] + 1
        delimiter = next(part.range_delimiter for part in parts if part.name == largest)
        middle = parts[start:stop]
        left = self.run(parts[:start], begin)
        right = self.run(parts[stop:], begin)
        gap = [self.delimiter] if self.delimiter else []
        first = self.run(middle, begin, last=False)
        second = self.run(middle, end, first=False)
        return [*left, *(gap if left else []), *first, delimiter, *second, *(gap if right else []), *right]

    @staticmethod
    def _value(name: str, day: Day) -> int:
        return (day.season + 20 if day.season else day.month) if name == "month" else int(getattr(day, name))

    def _part(self, part: Part, day: Day, season: str) -> Stream:
        text = {"year": self._year, "month": self._month, "day": self._day}[part.name](part, day, season)
        if not text:
            return []
        if part.strip:
            text = text.replace(".", "")
        stream: Stream = [text]
        if part.case:
            stream = textcase.change(stream, part.case, self.locale.english)
        for style in part.formats:
            stream = wrap(stream, STYLE, style)
        return wrap(stream, YEAR) if part.name == "year" else stream

    def _year(self, part: Part, day: Day, season: str) -> str:
        if day.year < 0:
            return f"{-day.year}{self.locale.term('bc')}"
        if not day.year:
            return ""
        if part.form == "short":
            return f"{day.year % 100:02}" if day.year >= 1000 else str(day.year)
        return f"{day.year}{self.locale.term('ad')}" if day.year < 1000 else str(day.year)

    def _month(self, part: Part, day: Day, season: str) -> str:
        if day.season:
            return self.locale.term(f"season-{day.season:02}")
        if not day.month:
            return season
        if part.form == "numeric":
            return str(day.month)
        if part.form == "numeric-leading-zeros":
            return f"{day.month:02}"
        return self.locale.term(f"month-{day.month:02}", "short" if part.form == "short" else "long")

    def _day(self, part: Part, day: Day, season: str) -> str:
        if not day.day or not day.month:
            return ""
        if part.form == "numeric-leading-zeros":
            return f"{day.day:02}"
        if part.form == "ordinal" and (day.day == 1 or not self.locale.option("limit-day-ordinals-to-day-1")):
            month = self.locale.find(f"month-{day.month:02}")
            return numbers.ordinal(day.day, self.locale, month.gender if month else "")
        return str(day.day)
