"""What styles of every kind print of the same works, to the letter: `printed/STYLE.txt`."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import bibliography

PRINTED = Path(__file__).parent / "printed"
# Author and date, numbers, labels, notes; several orders, languages and forms of names, dates and pages.
STYLES = (
    "apa american-medical-association chicago-author-date chicago-fullnote-bibliography modern-language-association "
    "vancouver ieee nature american-chemical-society harvard-cite-them-right modern-humanities-research-association "
    "associacao-brasileira-de-normas-tecnicas din-1505-2-alphanumeric elsevier-harvard springer-basic-author-date "
    "turabian-fullnote-bibliography oscola american-political-science-association council-of-science-editors "
    "gost-r-7-0-5-2008-numeric iso690-author-date-fr china-national-standard-gb-t-7714-2015-numeric cell plos"
).split()


def written(style: str, locale: str | None = None, engine: str = "citeproc-py", to: str = "html") -> str:
    items, clusters = (json.loads((PRINTED / f"{name}.json").read_text("utf-8")) for name in ("items", "clusters"))
    made = bibliography.cite(items, clusters, style, locale, engine, to)
    entries = [f"{each['id']}: {each['entry']}" for each in made["bibliography"]]
    return "\n".join(["=== citations", *made["citations"], "=== entries", *entries]) + "\n"


@pytest.mark.parametrize("style", STYLES)
def test_style(style: str, golden: Callable[[Path, str], None]) -> None:
    golden(PRINTED / f"{style}.txt", written(style))


@pytest.mark.parametrize("locale", ["de-DE", "fr-FR", "es-ES", "ru-RU", "ja-JP"])
def test_apa_in_other_languages(locale: str, golden: Callable[[Path, str], None]) -> None:
    golden(PRINTED / f"apa.{locale}.txt", written("apa", locale))


@pytest.mark.parametrize("style", ["apa", "ieee", "chicago-fullnote-bibliography"])
def test_pandoc(style: str, golden: Callable[[Path, str], None]) -> None:
    golden(PRINTED / f"{style}.pandoc.txt", written(style, engine="pandoc", to="text"))
