"""The EPUB: a publication that epubcheck accepts, with the words of the page and what a reading system asks for."""

import io
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from pipeline import build, jats
from pipeline.journal import load_journal
from pipeline.render import render, text_of

from .conftest import as_written

Galley = tuple[bytes, list[Any]]
QUICKLY = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # less compiling for so short a run
NAMES = {
    "opf": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/",
    "x": "http://www.w3.org/1999/xhtml", "epub": "http://www.idpf.org/2007/ops",
    "m": "http://www.w3.org/1998/Math/MathML",
}  # fmt: skip
ODD = """<article xml:lang="he"><front><article-meta><title-group><article-title>חוף</article-title></title-group>
</article-meta></front><body><sec id="10.5:a"><title>מבוא</title><p><xref ref-type="sec" rid="10.5:a">כאן</xref></p>
</sec></body></article>"""


@pytest.fixture(scope="module")
def parts(full: Callable[[str], Galley]) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(full("epub")[0])) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def values(root: Any, path: str) -> list[str]:
    return [str(each) for each in root.xpath(path, namespaces=NAMES)]


def test_the_container_says_first_what_it_is(full: Callable[[str], Galley]) -> None:
    data = full("epub")[0]
    assert data[30:58] == b"mimetypeapplication/epub+zip"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED


def test_the_package_describes_the_article(parts: dict[str, bytes]) -> None:
    package = etree.fromstring(parts["EPUB/package.opf"])
    assert values(package, "//dc:identifier/text()") == ["https://doi.org/10.5555/jtp.2024.17"]
    assert values(package, "//dc:creator/text()") == ["Adaeze Okonkwo-Hale", "Seo Min-jun", "Three Estuaries Group"]
    assert values(package, "//dc:language/text()") == ["en"]
    assert values(package, "//opf:meta[@property='belongs-to-collection']/text()") == ["Journal of Tidal Places"]
    features = values(package, "//opf:meta[@property='schema:accessibilityFeature']/text()")
    assert {"MathML", "alternativeText", "tableOfContents", "structuralNavigation"} <= set(features)
    assert values(package, "//opf:meta[@property='schema:accessModeSufficient']/text()")[0] == "textual"
    hrefs = values(package, "//opf:item/@href")
    assert {f"EPUB/{href}" for href in hrefs} == {name for name in parts if name.startswith("EPUB/")} - {
        "EPUB/package.opf"
    }


def test_notes_formulas_and_citations_are_what_a_reading_system_knows(parts: dict[str, bytes]) -> None:
    page = etree.fromstring(parts["EPUB/article.xhtml"])
    notes = values(page, "//x:a[@epub:type='noteref']/@href")
    assert {href[1:] for href in notes} == set(values(page, "//x:aside[@epub:type='footnote']/@id"))
    assert len(values(page, "//x:a[@epub:type='biblioref']/@href")) == 2
    assert len(page.findall(".//m:math", NAMES)) == 3
    assert not page.xpath("//x:script | //x:button | //x:nav | //@popover", namespaces=NAMES)
    ids = set(values(page, "//@id"))
    links = values(page, "//x:a/@href") + values(etree.fromstring(parts["EPUB/nav.xhtml"]), "//x:a/@href")
    inside = {href.partition("#")[2] for href in links if href.startswith(("#", "article.xhtml#"))}
    assert inside <= ids


def test_ids_become_names_and_pages_turn_from_right_to_left() -> None:
    article = jats.read(etree.fromstring(ODD))
    data, _ = render(article, as_written(article), "epub")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        page = etree.fromstring(archive.read("EPUB/article.xhtml"))
        package = etree.fromstring(archive.read("EPUB/package.opf"))
        navigation = etree.fromstring(archive.read("EPUB/nav.xhtml"))
    [section] = values(page, "//x:h2/@id")
    assert section == "_10.5_a"
    assert f"#{section}" in values(page, "//x:a/@href")
    assert f"article.xhtml#{section}" in values(navigation, "//x:a/@href")
    assert values(package, "//opf:spine/@page-progression-direction") == ["rtl"]
    assert values(package, "//dc:identifier/text()")[0].startswith("urn:uuid:")


@pytest.mark.parametrize("to", ["html", "epub"])
@pytest.mark.parametrize("epoch", ["", "1700000000"])
def test_two_builds_are_the_same_bytes(
    to: str, epoch: str, galley_of: Callable[..., Galley], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    first, second = (galley_of("full.xml", to)[0] for _ in range(2))
    assert first == second


def test_the_words_are_those_of_the_page(full: Callable[[str], Galley]) -> None:
    epub, page = (text_of(full(to)[0], to).split() for to in ("epub", "html"))
    assert epub == page


def test_epubcheck_has_nothing_to_say(
    full: Callable[[str], Galley], examples: Path, program: Callable[[str], str], tmp_path: Path
) -> None:
    java, epubcheck = program("java"), program("epubcheck")
    made = {"full": full("epub")[0]}
    profile = load_journal(examples / "journal.toml")
    for path in [examples / "tide-gauges.txt"]:
        built = build.convert(path, profile)
        build.render(built, ["epub"], profile, "", examples)
        made[path.stem] = built.galleys["epub"]
    for name, data in made.items():
        path = tmp_path / f"{name}.epub"
        path.write_bytes(data)
        command = [java, *QUICKLY, "-jar", epubcheck, path]
        run = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
        assert "0 fatals / 0 errors / 0 warnings / 0 infos" in run.stdout + run.stderr, run.stdout + run.stderr
