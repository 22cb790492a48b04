"""The `number` element."""

from typing import Any

from citeproc import model

from pipeline.bibliography.citeproc import markup, numbers
from pipeline.bibliography.citeproc.context import Context
from pipeline.bibliography.citeproc.nodes import Node
from pipeline.bibliography.citeproc.stream import NUMBER, Stream, wrap


class Number(Node, model.Number):  # type: ignore[misc]
    def prepare(self, style: Any) -> None:
        super().prepare(style)
        self.variable, self.form = self.get("variable", ""), self.get("form", "numeric")

    def print(self, context: Context) -> Stream:
        name = self.variable
        if name in context.suppressed:
            text = ""
        elif name == "citation-number":
            text = str(context.number)
        elif name == "locator":
            text = context.locator
        else:
            text = context.item.text(name)
        context.call(name, bool(text))
        context.begun |= bool(text)
        if not text:
            return []
        if numbers.is_numeric(text):
            term = context.locale.find(context.label if name == "locator" else name)
            text = numbers.shaped(text, self.form, context.locale, term.gender if term else "")
        stream = markup.parse(text)
        return self.dressed(wrap(stream, NUMBER) if name == "citation-number" else stream, context)
