"""From items, clusters and a style to printed citations and entries."""

from collections.abc import Sequence
from typing import Any

from pipeline.bibliography.citeproc import clusters as joining
from pipeline.bibliography.citeproc import entries, markup, sorting, superscripts
from pipeline.bibliography.citeproc.clusters import Printed
from pipeline.bibliography.citeproc.context import BIBLIOGRAPHY, CITATION, SUBSEQUENT, Context, Distinction
from pipeline.bibliography.citeproc.disambiguation import Disambiguator, given_levels
from pipeline.bibliography.citeproc.items import Item
from pipeline.bibliography.citeproc.people import Person
from pipeline.bibliography.citeproc.positions import Place, locate
from pipeline.bibliography.citeproc.punctuation import settle
from pipeline.bibliography.citeproc.stream import LABEL, NAMES, Stream, blocks_apart, find, rich, text_of, wrap
from pipeline.bibliography.citeproc.style import Area, Style
from pipeline.bibliography.richtext import Cite, Cluster, Entry, RichText


class Processor:
    """One document. `items` in the order given; those cited come first in the order of citation."""

    def __init__(self, style: Style, items: Sequence[dict[str, Any]], clusters: Sequence[Cluster]) -> None:
        self.style, self.locale = style, style.locale
        known = {item.id: item for item in map(Item, items)}
        cited = dict.fromkeys(cite.id for cluster in clusters for cite in cluster.cites if cite.id in known)
        self.items = [known[name] for name in cited] + [item for item in known.values() if item.id not in cited]
        self.by_id = known
        self.distinctions: dict[str, Distinction] = {}
        self.given_levels: dict[tuple[str, str], int] | None = None
        self.numbers = {item.id: number for number, item in enumerate(self.items, 1)}
        self.order = self._sorted_items()
        self._number()
        notes = style.note and not any(cluster.note for cluster in clusters)
        self.places = [
            [Place(cite, number if notes else cluster.note) for cite in cluster.cites if cite.id in known]
            for number, cluster in enumerate(clusters, 1)
        ]
        self._distinguish()
        if self.places and style.citation.sort:
            self.places = [self._sorted_places(places) for places in self.places]
        locate(self.places, int(style.citation.get("near-note-distance", "5")))

    def citations(self) -> list[RichText]:
        return [self._citation(places) for places in self.places]

    def entries(self) -> list[Entry]:
        area = self.style.bibliography
        if area is None:
            return []
        streams = [self._entry(item, area) for item in self.order]
        substitute = area.attributes.get("subsequent-author-substitute")
        if substitute is not None:
            rule = area.get("subsequent-author-substitute-rule", "complete-all")
            streams = entries.substitute_authors(streams, substitute, rule)
        return [self._split(item, stream) for item, stream in zip(self.order, streams, strict=True)]

    def _context(self, item: Item, area: str = CITATION, **more: Any) -> Context:
        distinction = self.distinctions.get(item.id) or Distinction()
        return Context(
            item, self.style, self.locale, area, distinction, self.numbers[item.id],
            given_levels=self.given_levels, **more,
        )  # fmt: skip

    def _sorted_items(self) -> list[Item]:
        area = self.style.bibliography
        if area is None or not area.sort:
            return list(self.items)
        return sorting.arrange(self.items, area.sort, lambda item: self._context(item, BIBLIOGRAPHY))

    def _number(self) -> None:
        """Numbers follow the order of the bibliography."""
        area = self.style.bibliography
        order = self.order
        if area is not None and area.sort and area.sort[0].variable == "citation-number" and area.sort[0].descending:
            order = list(reversed(self.order))
        self.numbers = {item.id: number for number, item in enumerate(order, 1)}

    def _sorted_places(self, places: list[Place]) -> list[Place]:
        keys = self.style.citation.sort
        if self.style.citation.get("collapse").startswith("year"):
            return sorting.arrange_grouped(places, keys, self._place_context, self._names_printed)
        return sorting.arrange(places, keys, self._place_context)

    def _place_context(self, place: Place) -> Context:
        return self._context(self.by_id[place.cite.id])

    def _names_printed(self, place: Place) -> str:
        """The names of a cite as grouping compares them: without the conjunction."""
        names = joining.names_of(self.style.citation.layout.print(self._place_context(place)))
        return names.replace(f" {self.locale.term('and')} ", ", ")

    def _distinguish(self) -> None:
        layout = self.style.citation.layout

        def plain(item: Item, distinction: Distinction) -> str:
            context = Context(
                item, self.style, self.locale, CITATION, distinction, self.numbers[item.id],
                position=SUBSEQUENT, near_note=True, given_levels=self.given_levels, first_note=1,
            )  # fmt: skip
            return text_of(layout.print(context))

        disambiguator = Disambiguator(self.style, plain, _people)
        if not disambiguator.needed:
            return
        levels = self._given_levels() if disambiguator.add_given and not disambiguator.by_cite else None
        if disambiguator.add_names:
            self.given_levels = levels
        self.distinctions = disambiguator.run(self.order)
        self.given_levels = levels

    def _given_levels(self) -> dict[tuple[str, str], int]:
        primary = self.style.given_rule.startswith("primary")
        people = [person for item in self.items for person in _people(item)[: 1 if primary else None]]
        return given_levels(self.style, people)

    def _citation(self, places: Sequence[Place]) -> RichText:
        layout = self.style.citation.layout
        if len(places) == 1 and places[0].cite.mode == "author-only":
            return self._finish(self._author(places[0]))
        body = joining.join([self._printed(place, not index) for index, place in enumerate(places)], self.style)
        if not body:
            return ()
        return self._finish(layout.formatted(layout.affixed(body)))

    def _printed(self, place: Place, first: bool) -> Printed:
        omit = place.cite.mode == "suppress-author"
        stream = self._cite(place, omit_names=omit, first=first)
        number = self.numbers[place.cite.id]
        return Printed(place, stream, number, lambda: self._cite(place, omit_names=True))

    def _cite(self, place: Place, *, omit_names: bool = False, first: bool = False) -> Stream:
        cite = place.cite
        begins = first and self.style.note and (not cite.prefix or _ends_sentence(cite.prefix))
        context = self._context(
            self.by_id[cite.id], locator=cite.locator, label=cite.label or "page", position=place.position,
            near_note=place.near_note, first_note=place.first_note, omit_names=omit_names, begun=not begins,
        )  # fmt: skip
        stream = self.style.citation.layout.print(context)
        return _with_affixes(cite, stream or ([] if omit_names else _something(context.item)))

    def _author(self, place: Place) -> Stream:
        """The names of a cite alone, as a narrative citation begins."""
        stream = self._cite(place)
        found = find(stream, NAMES)
        if found:
            return stream[found[0] + 1 : found[1]]
        people = _people(self.by_id[place.cite.id])
        shown = [person.literal or f"{person.non_dropping} {person.family}".strip() for person in people]
        if len(shown) > 2:
            return [f"{shown[0]} {self.locale.term('et-al')}"]
        return [f" {self.locale.term('and')} ".join(shown)] if shown else []

    def _entry(self, item: Item, area: Area) -> Stream:
        layout = area.layout
        context = self._context(item, BIBLIOGRAPHY)
        streams = layout.printed_children(context) or [_something(item)]
        apart = area.get("second-field-align") or layout.children[0].display == "left-margin"
        if apart and len(streams) > 1:
            streams[0] = wrap(streams[0], LABEL)
        stream = blocks_apart([token for part in streams for token in part])
        return layout.formatted(layout.affixed(stream)) if stream else stream

    def _split(self, item: Item, stream: Stream) -> Entry:
        """The first field, where it stands apart, and the rest; punctuation is settled over both."""
        settled = settle(stream, self.locale.option("punctuation-in-quote"))
        found = find(settled, LABEL)
        if not found:
            return Entry(item.id, self._rich(settled))
        start, end = found
        return Entry(item.id, self._rich([*settled[:start], *settled[end + 1 :]]), self._rich(settled[start : end + 1]))

    def _finish(self, stream: Stream) -> RichText:
        return self._rich(settle(stream, self.locale.option("punctuation-in-quote")))

    def _rich(self, stream: Stream) -> RichText:
        return rich(superscripts.raise_letters(stream), self.locale.quotes)


def _people(item: Item) -> Sequence[Person]:
    for variable in ("author", "editor", "translator", "director", "composer", "interviewer", "container-author"):
        people = item.names(variable)
        if people:
            return people
    return ()


def _something(item: Item) -> Stream:
    """What stands for an item of which a style prints nothing: no reference may be lost."""
    return markup.parse(item.short("title") or item.text("URL") or item.id)


def _ends_sentence(prefix: str) -> bool:
    text = prefix.strip()
    return text.endswith((".", "!", "?", ".”", "!”", "?”", '."')) and " " in text


def _with_affixes(cite: Cite, stream: Stream) -> Stream:
    """The author's own words before and after a cite, with a space where they need one."""
    if not stream:
        return []
    result = stream
    if cite.prefix:
        gap = " " if cite.prefix[-1].isalnum() or cite.prefix[-1] in ".,:;" else ""
        result = [*markup.parse(cite.prefix + gap), *result]
    if cite.suffix:
        gap = " " if cite.suffix[0].isalnum() or cite.suffix[0] in "([" else ""
        result = [*result, *markup.parse(gap + cite.suffix)]
    return result
