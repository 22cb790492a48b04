"""Characters that XML forbids, named by a reference or an escape of a format: none gets into an article."""

import json
from pathlib import Path

import pytest
from lxml import etree

from pipeline import build
from pipeline.intake.decode import FORBIDDEN
from pipeline.journal import load_journal
from tests.intake.word import docx, paragraph, run, zotero

LONG = "The library of the harbour was opened in the year in which the old quay was closed, and has been used since."
SOURCES = {
    "a.rtf": rf"{{\rtf1 {LONG} \'01\u1?\u-2? {{\*\annotation \u-10179?}}\par {LONG}\par}}",
    "a.html": f"<html><head><meta name='citation_title' content='A&#1;b'></head><body><h1>A&#1;b</h1><p>{LONG} &#x1f;"
    "&#12; <a href='http://a.example/&#1;'>there</a> <img src='&#1;' alt='&#2;'></p></body></html>",
    "b.html": '<html><head><script type="application/ld+json">{"@type": "Article", "name": "A \\u0001 b", "author": '
    f'["Ana \\ud800 Roe"]}}</script></head><body><h1>A b</h1><p>{LONG}</p></body></html>',
    "a.md": f'---\ntitle: "A\\x01b"\nauthor: "Ana\\u0002 Roe"\nreferences: [{{id: x, title: "T\\u0003"}}]\n---\n\n'
    f"{LONG} @x &#1; &#xFFFF; $a&#1;$\n",
    "a.tex": rf"\documentclass{{article}}\title{{A\char1 b}}\begin{{document}}{LONG} ^^A\symbol{{1}}\end{{document}}",
    "a.typ": f'#show: x.with(title: "A\\u{{1}}b")\n{LONG} \\u{{1}} #"\\u{{2}}"\n',
    "a.rst": f"A b\n===\n\n{LONG} |x|\n\n.. |x| unicode:: 0x01\n",
    "a.org": f"#+TITLE: A b\n\n{LONG} \x01 @@html:&#1;@@\n",
}  # fmt: skip


def check(path: Path) -> None:
    built = build.convert(path, load_journal(None))
    root = etree.fromstring(built.xml)
    said = json.dumps([str(finding) for finding in built.findings], ensure_ascii=False)
    assert built.conservation is not None
    assert built.conservation.missing == []
    said += json.dumps(built.conservation.as_dict(), ensure_ascii=False)
    assert not FORBIDDEN.search("".join(map(str, root.itertext())) + said)


@pytest.mark.parametrize("name", SOURCES)
def test_a_character_that_xml_forbids_is_left_out(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(SOURCES[name], encoding="utf-8")
    check(tmp_path / name)


def test_a_bibliography_and_a_citation_program_name_none(tmp_path: Path) -> None:
    item = {"id": "x", "type": "book", "title": "On \x01 quays", "author": [{"family": "R\ud800oe"}]}
    (tmp_path / "a.json").write_text(json.dumps([item]), encoding="utf-8")
    (tmp_path / "a.md").write_text(
        f"---\ntitle: A\nbibliography: a.json\n---\n\n# One\n\n{LONG} @x\n", encoding="utf-8"
    )
    check(tmp_path / "a.md")
    check(docx(tmp_path / "a.docx", paragraph(LONG) + paragraph(run(LONG) + zotero("(Roe)", item))))
