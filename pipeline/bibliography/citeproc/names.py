"""The `names` element with its `name`, `et-al`, `label` and `substitute`."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from citeproc import model

from pipeline.bibliography.citeproc.context import Context
from pipeline.bibliography.citeproc.name_list import NameForm, print_list
from pipeline.bibliography.citeproc.nodes import Choose, Label, Node, joined
from pipeline.bibliography.citeproc.people import Person
from pipeline.bibliography.citeproc.stream import NAME_LIST, NAMES, Stream, wrap

INHERITED = (
    "and delimiter-precedes-et-al delimiter-precedes-last et-al-min et-al-use-first et-al-subsequent-min "
    "et-al-subsequent-use-first et-al-use-last initialize initialize-with name-as-sort-order sort-separator"
).split()
RENAMED = {"form": "name-form", "delimiter": "name-delimiter"}


class Name_Part(Node, model.Name_Part):  # type: ignore[misc]  # noqa: N801
    def prepare(self, style: Any) -> None:
        super().prepare(style)
        self.part = self.get("name", "")


class Name(Node, model.Name):  # type: ignore[misc]
    """Its options; printed by `Names`."""

    def prepare(self, style: Any) -> None:
        super().prepare(style)
        self.attributes = dict(self.attrib)
        self.parts = {child.part: child for child in self.children}


class Et_Al(Node, model.Et_Al):  # type: ignore[misc]  # noqa: N801
    def prepare(self, style: Any) -> None:
        super().prepare(style)
        self.term = self.get("term", "et-al")

    def print(self, context: Context) -> Stream:
        text = context.locale.term(self.term)
        return self.dressed([text] if text else [], context, context.locale.english)


class Institution(Node, model.CitationStylesElement):  # type: ignore[misc]
    pass


class Substitute(Node, model.Substitute):  # type: ignore[misc]
    pass


@dataclass(slots=True)
class Shape:
    """What a `names` element is printed with: its own children, or those of the one it substitutes for."""

    name: Any
    et_al: Any
    label: Any
    label_first: bool
    forms: dict[str, NameForm]


class Names(Node, model.Names):  # type: ignore[misc]
    def prepare(self, style: Any) -> None:
        super().prepare(style)
        self.variables = self.get("variable", "").split()
        own = {type(child): child for child in self.children}
        name, label = own.get(Name), own.get(Label)
        order = [type(child) for child in self.children]
        first = Label in order and Name in order and order.index(Label) < order.index(Name)
        self.shape = Shape(name, own.get(Et_Al), label, first, {})
        self.substitutes = own[Substitute].children if Substitute in own else []
        self.bare = not any(kind in own for kind in (Name, Label, Et_Al))
        self.own_delimiter = self.get("delimiter")
        for child in _within(self.substitutes):
            child.borrow(self)

    def borrow(self, other: "Names") -> None:
        """Shorthand within `substitute`: the names element around lends what this one lacks."""
        if self.bare:
            self.shape = other.shape
        elif self.shape.name is None:
            own, lent = self.shape, other.shape
            self.shape = Shape(lent.name, own.et_al or lent.et_al, own.label, lent.label_first, lent.forms)
        self.own_delimiter = self.own_delimiter or other.own_delimiter

    def form(self, context: Context) -> NameForm:
        known = self.shape.forms.get(context.area)
        if known is None:
            options = context.style.name_options(context.area)
            names = self.shape.name.getparent() if self.shape.name is not None else self
            options |= {key: names.get(key) for key in INHERITED if names.get(key) is not None}
            if self.shape.name is not None:
                renamed = {RENAMED.get(key, key): value for key, value in self.shape.name.attributes.items()}
                options |= renamed
            known = self.shape.forms[context.area] = NameForm.read(options, self.shape.name, context.style)
        return known

    def print(self, context: Context) -> Stream:
        outermost = context.names_printed == 0 and context.sorting is None
        if context.omit_names and outermost:
            context.names_printed += 1
            context.call(self.variables[0] if self.variables else "", any(map(context.item.names, self.variables)))
            return []
        stream = self._own(context)
        context.begun |= bool(stream)
        said = bool(stream)
        if not stream:
            stream, said = self._substitute(context)
        if stream and outermost:
            context.names_printed += 1
            stream = wrap(stream, NAMES, said)
        return stream

    def _own(self, context: Context) -> Stream:
        present = [
            (variable, people)
            for variable in self.variables
            if variable not in context.suppressed
            and variable not in (context.recorder or ())
            and (people := context.item.names(variable))
        ]
        for variable in self.variables:
            context.call(variable, any(variable == name for name, _ in present))
        if not present:
            return []
        form = self.form(context)
        if form.form == "count":
            return self._counted(present, form, context)
        present = _same_editor_translator(present, context) or present
        streams = [self._with_label(variable, people, form, context) for variable, people in present]
        delimiter = self.own_delimiter
        if delimiter is None:
            delimiter = context.style.names_delimiter(context.area)
        return self.dressed(joined(streams, delimiter), context)

    def _counted(self, present: list[tuple[str, tuple[Person, ...]]], form: NameForm, context: Context) -> Stream:
        total = sum(form.shown(len(people), context) for _, people in present)
        return self.dressed([str(total)], context)

    def _with_label(self, variable: str, people: tuple[Person, ...], form: NameForm, context: Context) -> Stream:
        stream = wrap(print_list(people, form, self.shape.et_al, context), NAME_LIST)
        label = self.shape.label
        if label is None or context.sorting is not None:
            return stream
        printed = label.printed_for(variable, len(people) > 1, context)
        return [*printed, *stream] if self.shape.label_first else [*stream, *printed]

    def _substitute(self, context: Context) -> tuple[Stream, bool]:
        """The first alternative that prints, and whether it says something of the item (and is not a mere term).

        Its variables are not printed again in this cite.
        """
        for child in _alternatives(self.substitutes, context):
            outer, context.recorder = context.recorder, []
            called, filled, printed = context.called, context.filled, context.names_printed
            context.names_printed = max(printed, 1)
            stream: Stream = child.print(context)
            recorded, context.recorder = context.recorder, outer
            context.names_printed = printed
            if stream:
                context.suppressed |= set(recorded)
                whole = self.affixed(stream) if isinstance(child, Names) and child.bare else stream
                return whole, bool(recorded)
            context.called, context.filled = called, filled
        return [], False


def _alternatives(elements: list[Any], context: Context) -> Iterator[Any]:
    """What may stand for absent names, in order; a `choose` lends the elements of its branch."""
    for element in elements:
        if isinstance(element, Choose):
            branch = next((branch for branch in element.children if branch.holds(context)), None)
            yield from _alternatives(branch.children, context) if branch is not None else ()
        else:
            yield element


def _within(elements: list[Any]) -> list[Names]:
    """All `names` in these elements, however deep."""
    found = [element for element in elements if isinstance(element, Names)]
    for element in elements:
        if not isinstance(element, Names):
            found += _within(element.children)
    return found


def _same_editor_translator(
    present: list[tuple[str, tuple[Person, ...]]], context: Context
) -> list[tuple[str, tuple[Person, ...]]]:
    variables = {variable for variable, _ in present}
    same = variables == {"editor", "translator"} and present[0][1] == present[1][1]
    return [("editortranslator", present[0][1])] if same and context.locale.term("editortranslator") else []
