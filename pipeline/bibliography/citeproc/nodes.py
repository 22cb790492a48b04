"""The base of all printing nodes, and the structural ones: layout, macro, group, choose, text, term labels.

Each node extends citeproc-py's class of the same element. Attributes are read once, in `prepare`;
`print` gives a stream and counts the variables it met in the context.
"""

import html
import re
from typing import Any

from citeproc import model

from pipeline.bibliography.citeproc import citation_label, markup, numbers, textcase
from pipeline.bibliography.citeproc.context import Context
from pipeline.bibliography.citeproc.stream import (
    BLOCK,
    CLOSE,
    LINK,
    NUMBER,
    QUOTE,
    STYLE,
    YEAR_SUFFIX,
    Open,
    Stream,
    text_of,
    wrap,
)
from pipeline.bibliography.richtext import Style

FORMATS = {
    ("font-style", "italic"): Style.ITALIC,
    ("font-style", "oblique"): Style.ITALIC,
    ("font-style", "normal"): Style.NORMAL,
    ("font-variant", "small-caps"): Style.SMALL_CAPS,
    ("font-weight", "bold"): Style.BOLD,
    ("font-weight", "normal"): Style.NORMAL,
    ("text-decoration", "underline"): Style.UNDERLINE,
    ("vertical-align", "sup"): Style.SUPERSCRIPT,
    ("vertical-align", "sub"): Style.SUBSCRIPT,
}
ADDRESSES = {
    "DOI": "https://doi.org/",
    "PMID": "https://www.ncbi.nlm.nih.gov/pubmed/",
    "PMCID": "https://www.ncbi.nlm.nih.gov/pmc/articles/",
    "URL": "",
}
RESOLVER = re.compile(r"https?://(?:dx\.)?doi\.org/", re.I)


class Node:
    """A node that prints. Mixed in before citeproc-py's class, whose attributes and tree it shares."""

    prefix: str = ""
    suffix: str = ""
    delimiter: str = ""
    formats: tuple[Style, ...] = ()
    children: "list[Any]"

    def prepare(self, style: Any) -> None:
        """Reads the attributes; `style` is the `Style` the node stands in."""
        get = self.get  # type: ignore[attr-defined]
        self.prefix, self.suffix, self.delimiter = (_words(get(name)) for name in ("prefix", "suffix", "delimiter"))
        self.case = get("text-case", "")
        self.quotes = get("quotes") == "true"
        self.strip = get("strip-periods") == "true"
        self.display = get("display", "")
        self.formats = tuple(FORMATS[name, get(name)] for name, value in FORMATS if get(name) == value)
        self.children = list(self)  # type: ignore[call-overload]
        for child in self.children:
            child.prepare(style)

    def print(self, context: Context) -> Stream:
        """What the node stands for: here, what its children print."""
        return joined(self.printed_children(context), "")

    def dressed(self, stream: Stream, context: Context, english: bool | None = None) -> Stream:
        """The stream in the node's case, quotes, formats and affixes; nothing stays nothing."""
        return self.displayed(self.affixed(self.styled(stream, context, english))) if stream else stream

    def styled(self, stream: Stream, context: Context, english: bool | None = None) -> Stream:
        """As `dressed`, without the affixes."""
        if self.strip:
            stream = [token.replace(".", "") if isinstance(token, str) else token for token in stream]
        if self.case:
            in_english = context.english if english is None else english
            stream = textcase.change(stream, self.case, in_english, context.locale.tag)
        if self.quotes and context.sorting is None:
            stream = wrap(stream, QUOTE)
        return self.formatted(stream)

    def displayed(self, stream: Stream) -> Stream:
        return wrap(stream, BLOCK) if self.display else stream

    def formatted(self, stream: Stream) -> Stream:
        for style in self.formats:
            stream = wrap(stream, STYLE, style)
        return stream

    def affixed(self, stream: Stream) -> Stream:
        if not stream:
            return stream
        if self.prefix:
            stream = [*markup.tagged(self.prefix), *stream]
        return [*stream, *markup.tagged(self.suffix)] if self.suffix else stream

    def printed_children(self, context: Context) -> list[Stream]:
        return [stream for child in self.children if (stream := child.print(context))]


def joined(streams: list[Stream], delimiter: str) -> Stream:
    result: Stream = []
    for stream in streams:
        if not stream:
            continue
        if result and delimiter:
            result += markup.tagged(delimiter)
        result += stream
    return result


def _words(text: str | None) -> str:
    """An attribute's words; some styles escape their characters twice (`&amp;#160;`)."""
    return html.unescape(text) if text and "&#" in text else text or ""


class Grouped(Node):
    """Prints nothing where all variables called in it are empty; counts as one variable outside.

    A group that prints, be it a term alone, counts as a filled one.
    """

    def print(self, context: Context) -> Stream:
        called, filled = context.called, context.filled
        context.called = context.filled = 0
        stream = joined(self.printed_children(context), self.delimiter)
        if context.called and not context.filled:
            stream = []
        if context.called or stream:
            called += 1
            filled += bool(stream)
        context.called, context.filled = called, filled
        return self.dressed(stream, context)


class Macro(Grouped, model.Macro):  # type: ignore[misc]
    pass


class Group(Grouped, model.Group):  # type: ignore[misc]
    pass


class Choose(Node, model.Choose):  # type: ignore[misc]
    """Transparent: its children stand in the enclosing group, with that group's delimiter."""

    def prepare(self, style: Any) -> None:
        super().prepare(style)
        parent = self.getparent()
        while parent is not None and parent.tag.rpartition("}")[2] in ("if", "else-if", "else", "choose"):
            parent = parent.getparent()
        tag = parent.tag.rpartition("}")[2] if parent is not None else ""
        self.delimiter = _words(parent.get("delimiter")) if tag == "group" else ""

    def print(self, context: Context) -> Stream:
        for branch in self.children:
            if branch.holds(context):
                return joined(branch.printed_children(context), self.delimiter)
        return []


class Text(Node, model.Text):  # type: ignore[misc]
    def prepare(self, style: Any) -> None:
        super().prepare(style)
        self.variable, self.term = self.get("variable"), self.get("term")
        self.value, self.form = _words(self.get("value")), self.get("form", "long")
        self.plural = self.get("plural") == "true"
        self.target = style.macros.get(self.get("macro")) if self.get("macro") else None
        if self.target is not None:
            self.case = ""

    def print(self, context: Context) -> Stream:
        if self.target is not None:
            return self.dressed(self.target.print(context), context)
        stream = self._variable(context) if self.variable else self._words(context)
        context.begun |= bool(stream)
        return stream

    def _words(self, context: Context) -> Stream:
        if not self.term:
            return self.dressed(markup.parse(self.value) if self.value else [], context)
        text = context.locale.term(self.term, self.form, self.plural)
        stream: Stream = [text] if text else []
        if not context.begun and context.sorting is None and not self.case:
            stream = textcase.change(stream, "capitalize-first", True)
        return self.dressed(stream, context, context.locale.english)

    def _variable(self, context: Context) -> Stream:
        name = self.variable
        stream = [] if name in context.suppressed else self._value(context)
        if stream or name != "year-suffix":
            context.call(name, bool(stream))
        if not stream:
            return stream
        address = ADDRESSES.get(name)
        if address is not None and context.sorting is None:
            return self._linked(stream, name, address, context)
        return self.dressed(stream, context)

    def _value(self, context: Context) -> Stream:
        item, name = context.item, self.variable
        if name == "citation-number":
            return [Open(NUMBER), str(context.number), CLOSE] if context.number else []
        if name == "year-suffix":
            suffix = context.distinction.year_suffix if context.sorting is None else ""
            context.suffix_printed |= bool(suffix)
            return [Open(YEAR_SUFFIX), suffix, CLOSE] if suffix else []
        if name == "locator":
            text = context.locator
            return markup.parse(numbers.locator(text, context.label, context)) if text else []
        if name == "first-reference-note-number":
            return [str(context.first_note)] if context.first_note else []
        if name == "citation-label":
            suffix = "" if context.style.places_year_suffix else context.distinction.year_suffix
            return [citation_label.of(item), suffix] if suffix else [citation_label.of(item)]
        text = item.short(name) if self.form == "short" else item.text(name)
        if name in numbers.PAGES:
            text = numbers.pages(text, context)
        elif name in numbers.VARIABLES:
            text = numbers.ranged(text, context)
        return markup.parse(text)

    def _linked(self, stream: Stream, name: str, address: str, context: Context) -> Stream:
        """An identifier as a link: with its prefix, where that is the beginning of the address."""
        text = text_of(stream)
        if name == "DOI":
            bare = text[len(found[0]) :] if (found := RESOLVER.match(text)) else text
            if self.prefix.lower().endswith("doi.org/"):
                stream = [bare]
            text = bare
        href = text if text.lower().startswith(("http://", "https://")) else address + text
        if not href.lower().startswith("http"):
            return self.dressed(stream, context)
        before, http, _ = self.prefix.partition("http")
        if not http:
            return self.affixed(wrap(self.styled(stream, context), LINK, href))
        start = self.prefix[len(before) :]
        link = wrap([start, *self.styled(stream, context)], LINK, start + text)
        return [token for token in (before, *link, self.suffix) if token != ""]


class Label(Node, model.Label):  # type: ignore[misc]
    """A term for a number or locator (names have their own way: `printed_for`).

    As the reference processor has it, a label is printed where the variable is absent too: the group around
    it, in which other variables are called, decides.
    """

    def prepare(self, style: Any) -> None:
        super().prepare(style)
        self.variable, self.form = self.get("variable", ""), self.get("form", "long")
        self.plural = self.get("plural", "contextual")

    def print(self, context: Context) -> Stream:
        name = self.variable
        if name == "locator":
            value, term = context.locator, context.label if context.locator else "page"
        elif name == "first-reference-note-number":
            value, term = str(context.first_note or ""), name
        elif name == "citation-number":
            value, term = str(context.number), name
        else:
            value, term = context.item.text(name), name
        if name in context.suppressed:
            return []
        return self.printed_for(term, numbers.is_plural(name, value), context)

    def printed_for(self, term: str, contextual: bool, context: Context) -> Stream:
        plural = contextual if self.plural == "contextual" else self.plural == "always"
        text = context.locale.term(term, self.form, plural)
        return self.dressed([text] if text else [], context, context.locale.english)


class Layout(Node, model.Layout):  # type: ignore[misc]
    """Its affixes and formats belong to the whole cluster or entry, and are put on there."""
