"""Finding styles: by name, former name, path; dependent ones; bad files; searching."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import bibliography
from pipeline.bibliography import styles
from pipeline.bibliography.richtext import plain
from pipeline.errors import UsageError

ITEM = {"id": "a", "type": "book", "title": "T", "edition": "2", "issued": {"date-parts": [[2020, 5]]}}


def test_independent_dependent_and_former_names() -> None:
    assert styles.find("apa").name == "apa"
    assert styles.find("vancouver").name == "nlm-citation-sequence"
    assert styles.find("bmc-bioinformatics").name == "biomed-central"
    assert styles.find("Nature.csl").name == "nature"


def test_dependent_style_by_path_keeps_its_locale(tmp_path: Path) -> None:
    path = tmp_path / "revue.csl"
    path.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" default-locale="fr-FR"><info>'
        '<link href="http://www.zotero.org/styles/apa" rel="independent-parent"/></info></style>',
        "utf-8",
    )
    source = styles.find(str(path))
    assert (source.name, source.locale) == ("apa", "fr-FR")
    made = bibliography.format([ITEM], style=str(path))
    assert made.locale == "fr-FR"
    assert "éd." in plain(made.entries[0].content)


def test_own_file_is_taken_for_a_verified_style_only_where_it_is_that_file(tmp_path: Path) -> None:
    path, installed = tmp_path / "apa.csl", styles.find("apa").path.read_bytes()
    path.write_bytes(installed)
    assert styles.find(str(path)).name == "apa"
    path.write_bytes(installed.replace(b'et-al-min="3"', b'et-al-min="4"'))
    assert styles.find(str(path)).name not in styles.verified()


@pytest.mark.parametrize(
    ("name", "words"),
    [("natur", "nature"), ("american-medical-asociation", "american-medical-association"), ("qqqqqqq", "styles QUERY")],
)
def test_unknown_name_suggests_others(name: str, words: str) -> None:
    with pytest.raises(UsageError, match=words) as caught:
        styles.find(name)
    assert "\n" not in str(caught.value)


def body(layout: str, macros: str = "") -> str:
    return (
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info/>'
        f"{macros}<citation><layout>{layout}</layout></citation></style>"
    )


BAD = {
    "is not XML": "<style",
    "is not a CSL style": "<html/>",
    "document type": '<!DOCTYPE style [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + body("&x;"),
    "macro 'gone' is missing": body('<text macro="gone"/>'),
    "no citation layout": '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info/></style>',
    "a > b > a calls itself": body(
        '<text macro="a"/>',
        '<macro name="a"><text macro="b"/></macro><macro name="b"><group><text macro="a"/></group></macro>',
    ),
    "depends on 'no-such-style'": '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info>'
    '<link href="http://www.zotero.org/styles/no-such-style" rel="independent-parent"/></info></style>',
}


@pytest.mark.parametrize("words", BAD)
@pytest.mark.parametrize("engine", ["citeproc-py", "pandoc"])
def test_bad_files_get_one_line(tmp_path: Path, words: str, engine: str) -> None:
    path = tmp_path / "bad.csl"
    path.write_text(BAD[words], "utf-8")
    with pytest.raises(UsageError) as caught:
        bibliography.format([ITEM], style=str(path), engine=engine)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        styles.find(str(tmp_path / "none.csl"))


def test_macros_called_twice_are_no_circle(write_style: Callable[..., str]) -> None:
    macros = (
        '<macro name="a"><text macro="c"/></macro><macro name="b"><text macro="c"/><text macro="a"/></macro>'
        '<macro name="c"><text variable="title"/></macro>'
    )
    path = write_style('<text macro="a"/><text macro="b"/>', macros=macros)
    assert styles.find(path).path == Path(path)


def test_changed_file_is_read_anew(write_style: Callable[..., str]) -> None:
    path = write_style('<text variable="title"/>', '<text variable="title" suffix="."/>')
    assert plain(bibliography.format([ITEM], style=path, engine="citeproc-py").entries[0].content) == "T."
    write_style('<text variable="title"/>', '<text variable="title" suffix="!!"/>')
    assert plain(bibliography.format([ITEM], style=path, engine="citeproc-py").entries[0].content) == "T!!"


def test_search_looks_into_names_titles_fields_and_parents() -> None:
    assert styles.search("apa")[0].name == "apa"
    found = styles.search("bmc bioinformatics")
    assert any(info.name == "bmc-bioinformatics" and info.parent == "biomed-central" for info in found)
    assert all(info.format == "numeric" and "medicine" in info.fields for info in styles.search("numeric medicine", 5))
    assert styles.search("no such style at all") == []


def test_sample_shows_an_entry() -> None:
    assert styles.sample("nature").startswith("1. Moreau, C. A. & Lindqvist, E. A sample of how")


def test_engine_of_listed_and_unlisted_styles(write_style: Callable[..., str]) -> None:
    assert "apa" in styles.verified()
    assert bibliography.format([ITEM], style="apa").engine == "citeproc-py"
    unlisted = write_style('<text variable="title"/>', '<text variable="title"/>')
    assert bibliography.format([ITEM], style=unlisted).engine == "pandoc"


def test_verified_styles_exist() -> None:
    missing = [name for name in styles.verified() if not (styles.folder() / f"{name}.csl").is_file()]
    assert missing == []
