"""Every string is safe in every format: it arrives as text, and nothing in a galley runs, loads or leads elsewhere."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree, html

from pipeline import build
from pipeline.article import Reference
from pipeline.journal import Profile
from pipeline.references.export import bibtex, csl_json
from pipeline.references.ris import ris
from pipeline.render import FORMATS, text_of
from tests.hostile.conftest import unsafe
from tests.hostile.strings import ADDRESSES, CHARACTERS, NASTY, PLACES, article_of, attributed, squeezed, strings

ELEMENTS = frozenset(
    """a annotation article aside b bdi blockquote body br button circle cite code dd del details div dl dt em
    figcaption figure footer h1 h2 h3 h4 h5 h6 head header html img li link main math meta mfrac mi mn mo mrow msqrt
    msub munderover nav ol p path pre script section semantics span strong style sub summary sup svg symbol table tbody
    td th thead time title tr u ul use""".split()
)
ATTRIBUTES = frozenset(
    """alt alttext aria-hidden aria-label aria-labelledby charset class colspan content cx cy d data-number datetime dir
    display encoding fill height href http-equiv id interestfor lang name popover popovertarget property r rel role
    rowspan scope src start tabindex title type viewbox width xmlns""".split()
)
LEFT_TO_RIGHT = re.compile(r"[^\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069]*")
slow = settings(
    max_examples=5, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)  # fmt: skip


def galleys(folder: Path, data: bytes) -> tuple[dict[str, bytes], list[str]]:
    """The galleys of an article, and the formats that lack words of it."""
    (folder / "a.xml").write_bytes(data)
    built = build.open_xml(folder / "a.xml", Profile())
    build.render(built, FORMATS, Profile(), "", folder)
    return built.galleys, [to for to, missing in built.missing.items() if missing]


def check_page(data: bytes) -> None:
    page = data.decode()
    assert unsafe(page) == []
    root = html.document_fromstring(page)
    assert {element.tag for element in root.iter(etree.Element)} <= ELEMENTS
    assert {name for element in root.iter() for name in element.attrib} <= ATTRIBUTES
    (record,) = root.xpath("//script[@type]")
    json.loads(record.text)
    etree.fromstring(data)  # what a browser takes for an element is one


def check_xhtml(root: etree._Element) -> None:
    for element in root.iter(etree.Element):
        assert etree.QName(element).localname in ELEMENTS - {"script"}
        for name, value in element.attrib.items():
            assert etree.QName(name).localname in {*ATTRIBUTES, "type", "viewBox"}, name
            if name in ("href", "src"):
                assert re.match(r"(https?://|mailto:|[\w./-]*(#|$))", value), value


def check_package(data: bytes) -> None:
    """Each part is well formed; Word finds no field that computes, and no other file or address than of a link."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            assert not re.search(r"^/|\.\.|\\\\", name), name
            if not name.endswith((".xml", ".rels", ".opf", ".xhtml", ".ncx")):
                continue
            root = etree.fromstring(package.read(name))
            for link in root.iter("{*}Relationship"):
                if link.get("TargetMode") == "External":
                    assert link.get("Type", "").endswith("/hyperlink"), link.attrib
                    assert re.match(r"https?://|mailto:", link.get("Target", "")), link.attrib
            for field in root.iter("{*}instrText"):
                assert re.match(r" ?(HYPERLINK|PAGE|NUMPAGES|REF|PAGEREF|TOC|STYLEREF)\b", field.text or ""), field.text
            if name.endswith(".xhtml"):
                check_xhtml(root)


@slow
@given(st.lists(strings, min_size=PLACES, max_size=PLACES))
@example((NASTY * 3)[:PLACES])
@example((NASTY[::-1] * 3)[:PLACES])
def test_every_string_arrives_as_text(tmp_path: Path, texts: list[str]) -> None:
    data, shown = article_of(texts)
    made, _ = galleys(tmp_path, data)
    check_page(made["html"])
    check_package(made["docx"])
    check_package(made["epub"])
    for to in ("html", "docx", "epub"):
        text = squeezed(text_of(made[to], to))
        for each in shown:
            assert squeezed(each) in text, (to, each)
    assert made["pdf"].startswith(b"%PDF")


def test_every_string_is_in_the_pdf(tmp_path: Path) -> None:
    """Those that run one way, that is: readers of a PDF turn the others."""
    texts = [text for text in NASTY if LEFT_TO_RIGHT.fullmatch(text) and text not in CHARACTERS]
    data, _ = article_of((texts * 3)[:PLACES])
    data = data.replace("صيرة".encode(), b"")
    made, _ = galleys(tmp_path, data)
    text = re.sub(r"\W+", "", text_of(made["pdf"], "pdf"))
    for each in texts:
        assert re.sub(r"\W+", "", each) in text, each


@slow
@given(st.lists(st.one_of(st.sampled_from(ADDRESSES), strings), min_size=300, max_size=300))
@example(ADDRESSES * 20)
@example(NASTY * 10)
def test_no_attribute_becomes_code(tmp_path: Path, values: list[str]) -> None:
    made, _ = galleys(tmp_path, attributed(iter(values * 2)))
    check_page(made["html"])
    check_package(made["docx"])
    check_package(made["epub"])
    assert made["pdf"].startswith(b"%PDF")


def test_mathml_holds_nothing_of_html(tmp_path: Path) -> None:
    inner = "<mml:script>alert(1)</mml:script><mml:img src='x' onerror='y'/><mml:style>*{}</mml:style><mml:iframe/>"
    mathml = f"<mml:math><mml:mtext>{inner}<mml:a href='javascript:x'>k</mml:a></mml:mtext></mml:math>"
    formula = f"<inline-formula><alternatives><tex-math>x</tex-math>{mathml}</alternatives></inline-formula>"
    data = article_of(["words"] * PLACES)[0].replace(b"<p>words", f"<p>words {formula}".encode(), 1)
    made, _ = galleys(tmp_path, data)
    assert b"<mtext><mtext>alert(1)</mtext>" in made["html"]
    check_page(made["html"].replace(b"mtext", b"mi"))


names = st.fixed_dictionaries({"family": strings, "given": strings})
items = st.fixed_dictionaries(
    {"id": st.just("a"), "type": st.sampled_from(["article-journal", "book", "x", ""]), "title": strings},
    optional={
        "author": st.lists(st.one_of(names, st.builds(lambda name: {"literal": name}, strings)), max_size=3),
        **dict.fromkeys(("container-title", "publisher", "volume", "page", "DOI", "URL", "genre", "note"), strings),
        "issued": st.builds(lambda text: {"literal": text}, strings),
    },
)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(items)
def test_a_record_to_copy_is_one_record(item: dict[str, object]) -> None:
    """BibTeX: one entry, its braces balanced, nothing in it that TeX runs. RIS: a tag begins each line."""
    reference = Reference(text="", item=item, id="a")
    entry = bibtex([reference])
    depth = 0
    for match in re.finditer(r"[{}]", entry):  # BibTeX counts those behind a backslash, too
        depth += 1 if match.group() == "{" else -1
        assert depth > 0 or match.end() >= len(entry.rstrip()), entry
    assert depth == 0, entry
    assert len(re.findall(r"^@", entry, re.MULTILINE)) == 1, entry
    assert not re.search(r"\\(?!text(backslash|brace(left|right))\{\}|[&%$#_])", entry), entry
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in ris(item).split("\r\n")[:-1])
    assert json.loads(csl_json([reference]))[0]["title"] == item["title"]


JOURNAL = """
title = {0}
abbreviation = {0}
[publisher]
name = {0}
location = {0}
[license]
name = {0}
url = "https://e.example/{1}"
text = {0}
[copyright]
holder = {0}
"""


@pytest.mark.parametrize(
    "text", [NASTY[0], NASTY[2], NASTY[4], " ".join(NASTY[:40])], ids=["tag", "style", "entity", "all"]
)
def test_the_facts_of_a_journal_are_text(text: str, cli: Callable[..., Result], tmp_path: Path, checkout: Path) -> None:
    text = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", text)
    address = re.sub(r"\s+|[\"\\]", "", text)
    (tmp_path / "journal.toml").write_text(
        JOURNAL.format(json.dumps(text, ensure_ascii=False), address), encoding="utf-8"
    )
    example = checkout / "examples" / "tide-gauges.txt"
    out = tmp_path / "out"
    run = cli("build", example, "--journal", tmp_path / "journal.toml", "--out", out, "--to", "html,docx,epub")
    assert run.exit_code in (0, 1), run.stderr
    name = out / "tide-gauges" / "tide-gauges"
    check_page(name.with_suffix(".html").read_bytes())
    check_package(name.with_suffix(".docx").read_bytes())
    check_package(name.with_suffix(".epub").read_bytes())
    assert squeezed(text) in squeezed(text_of(name.with_suffix(".html").read_bytes(), "html"))
    assert unsafe(Path(f"{name}.report.html").read_text(encoding="utf-8")) == []
