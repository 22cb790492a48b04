"""A locale as nodes ask it: terms with their fallbacks, localized dates, options."""

from functools import lru_cache
from typing import Any

from pipeline.bibliography import locales

CSL = locales.CSL
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
FALLBACK = {"verb-short": "verb", "symbol": "short", "verb": "long", "short": "long"}


class Term:
    """A term's `single` and `multiple`; `gender` of the noun; `match` of an ordinal."""

    __slots__ = ("gender", "match", "multiple", "single")

    def __init__(self, element: Any) -> None:
        single, multiple = element.find(CSL + "single"), element.find(CSL + "multiple")
        texts = (found.text if found is not None else element.text for found in (single, multiple))
        self.single, self.multiple = ((text or "").replace("'", "’") for text in texts)
        self.gender: str = element.get("gender", "")
        self.match: str = element.get("match", "")


class Locale:
    """Terms, dates and options of a tag's locale files, overlaid by what the style itself defines."""

    def __init__(self, tag: str, in_style: tuple[Any, ...] = ()) -> None:
        self.tag = tag
        self.terms: dict[tuple[str, str, str], Term] = {}
        self.dates: dict[str, Any] = {}
        self.options: dict[str, str] = {}
        for name in reversed(locales.chain(tag)):
            base = _file(name)
            self._drop_ordinals(base[0])
            self.terms.update(base[0])
            self.dates.update(base[1])
            self.options.update(base[2])
        for element in in_style:
            terms, dates, options = _read(element)
            self._drop_ordinals(terms)
            self.terms.update(terms)
            self.dates.update(dates)
            self.options.update(options)
        self.english = tag.startswith("en")

    def _drop_ordinals(self, terms: dict[tuple[str, str, str], Term]) -> None:
        """Ordinals are redefined as a whole."""
        if any(name.startswith("ordinal") for name, _, _ in terms):
            for key in [key for key in self.terms if key[0].startswith("ordinal")]:
                del self.terms[key]

    def term(self, name: str, form: str = "long", plural: bool = False, gender: str = "") -> str:
        """A term's text in a form or those it falls back to; empty where there is none."""
        found = self.find(name, form, gender)
        return (found.multiple if plural else found.single) if found else ""

    def find(self, name: str, form: str = "long", gender: str = "") -> Term | None:
        while True:
            found = self.terms.get((name, form, gender)) or self.terms.get((name, form, ""))
            if found is not None or form not in FALLBACK:
                return found
            form = FALLBACK[form]

    def option(self, name: str) -> bool:
        return self.options.get(name) == "true"

    @property
    def quotes(self) -> tuple[str, str, str, str]:
        names = ("open-quote", "close-quote", "open-inner-quote", "close-inner-quote")
        opening, closing, inner_opening, inner_closing = (self.term(name) for name in names)
        return opening or "“", closing or "”", inner_opening or "‘", inner_closing or "’"


def _read(element: Any) -> tuple[dict[tuple[str, str, str], Term], dict[str, Any], dict[str, str]]:
    terms = {
        (term.get("name"), term.get("form", "long"), term.get("gender-form", "")): Term(term)
        for term in element.iterfind(f"{CSL}terms/{CSL}term")
    }
    dates = {date.get("form"): date for date in element.iterfind(CSL + "date")}
    options = element.find(CSL + "style-options")
    return terms, dates, dict(options.attrib) if options is not None else {}


@lru_cache(maxsize=8)
def _file(name: str) -> tuple[dict[tuple[str, str, str], Term], dict[str, Any], dict[str, str]]:
    return _read(locales.root(name))
