"""House styles: a journal's own files stand before the default ones, and labels speak its language."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline import resources
from pipeline.errors import UsageError
from pipeline.render import house as houses
from pipeline.render import render

Galley = Callable[..., tuple[bytes, list[Any]]]


def test_a_journal_changes_single_files(galley_of: Galley, tmp_path: Path) -> None:
    (tmp_path / "house.toml").write_text('[colours]\naccent = "#8a1538"\n', encoding="utf-8")
    page = galley_of("<body/>", "html", house=str(tmp_path))[0].decode()
    assert "#8a1538" in page
    (tmp_path / "article.css").write_text("body { color: red }", encoding="utf-8")
    assert "<style>body{color:red}</style>" in galley_of("<body/>", "html", house=str(tmp_path))[0].decode()


def test_a_journal_changes_the_page(galley_of: Galley, tmp_path: Path) -> None:
    import io

    import pikepdf

    (tmp_path / "house.toml").write_text('[page]\npaper = "us-letter"\ncolumns = 2\n', encoding="utf-8")
    data, findings = galley_of("full.xml", "pdf", house=str(tmp_path))
    with pikepdf.open(io.BytesIO(data)) as made:
        assert [round(float(side)) for side in made.pages[0].mediabox] == [0, 0, 612, 792]
    assert {finding.code for finding in findings} == {"image-missing", "unsafe-link", "dangling-link"}


def test_settings_are_merged_table_by_table() -> None:
    below = {"page": {"paper": "a4", "columns": 1}, "x": 1}
    assert houses.merged(below, {"page": {"columns": 2}}) == {"page": {"paper": "a4", "columns": 2}, "x": 1}


@pytest.mark.parametrize("name", ["no-such-style", "", "../styles/none"])
def test_an_unknown_style_names_the_known_ones(name: str, galley_of: Galley) -> None:
    with pytest.raises(UsageError, match="default"):
        galley_of("<body/>", "html", house=name)


def test_an_unknown_format_names_the_known_ones(article_of: Callable[[str], Any]) -> None:
    with pytest.raises(UsageError, match="html, pdf, docx"):
        render(article_of("<body/>"), None, "doc")  # type: ignore[arg-type]


def test_labels_fall_back_from_region_to_language_to_english() -> None:
    assert houses.labels("pt-BR")["abstract"] == "Resumo"
    assert houses.labels("zh-Hant-TW")["keywords"] == "關鍵詞"
    assert houses.labels("zh-Hant-TW")["abstract"] == "摘要"
    assert houses.labels("xx")["abstract"] == "Abstract"


def test_the_great_languages_have_every_label() -> None:
    labels = tomllib.loads(resources.styles("labels.toml").read_text(encoding="utf-8"))
    for lang in "es pt fr de it id ko zh ja ru uk tr ar vi pl".split():
        assert set(labels[lang]) == set(labels["en"]), lang
    assert all(set(words) <= set(labels["en"]) for words in labels.values())
    assert all(
        "{}" in words.get(name, "{}") for words in labels.values() for name in ("volume", "issue", "page", "pages")
    )


def test_a_galley_speaks_the_language_of_its_article(article_of: Callable[[str], Any]) -> None:
    from .conftest import as_written

    article = article_of("full.xml")
    article.lang = "es"
    page = render(article, as_written(article), "html")[0].decode()
    assert "Agradecimientos" in page
    assert "Núm. 2" in page
