"""Running the command on files from strangers, and what has to hold whatever comes of it."""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from click.testing import Result
from lxml import etree, html

OUTPUTS = ("xml", "html", "pdf", "docx", "report.json", "report.html")
LINE = re.compile(r"[^\n]+:(?:\d+:)? .+")
SCHEMES = ("http://", "https://", "mailto:", "#")
ADDRESSES = frozenset("action background cite data formaction href longdesc manifest ping poster src srcset".split())
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


@pytest.fixture(scope="session")
def check(dtd: etree.DTD) -> Callable[[Path, int, str], None]:
    """`check(folder, code, stderr)`: a refusal says one line and writes nothing; else all is whole, valid and safe."""

    def outcome(out: Path, code: int, errors: str) -> None:
        lines = errors.splitlines()
        assert "Traceback" not in errors
        assert not CONTROLS.search(errors)
        assert all(LINE.fullmatch(line) for line in lines), errors
        assert code in (0, 1, 3), errors
        made = sorted(path for path in out.rglob("*") if path.is_file()) if out.exists() else []
        if code == 3:
            assert len(lines) == 1, errors
            assert made == []
            return
        (folder,) = out.iterdir()
        assert sorted(path.name for path in made) == sorted(f"{folder.name}.{ending}" for ending in OUTPUTS)
        data = {ending: (folder / f"{folder.name}.{ending}").read_bytes() for ending in OUTPUTS}
        root = etree.fromstring(data["xml"])
        assert dtd.validate(root), dtd.error_log
        assert json.loads(data["report.json"])["conservation"]["missing"] == []
        assert data["pdf"].startswith(b"%PDF")
        assert data["docx"].startswith(b"PK")
        for ending in ("html", "report.html"):
            assert unsafe(data[ending].decode()) == []

    return outcome


def check_refusal(run: Result, code: int = 3) -> None:
    assert run.exit_code == code, (run.output, run.stderr, run.exception)
    assert run.stderr.count("\n") == 1, run.stderr
    assert LINE.fullmatch(run.stderr.strip()), run.stderr
    assert not CONTROLS.search(run.stderr)


@cache
def our_script() -> str:
    """The one script that a page may hold; its policy knows it by its hash."""
    from pipeline.render import house, html

    return html.script_of(house.load("default", None))


def unsafe(page: str) -> list[str]:
    """What in an HTML page could run, load or lead elsewhere than http(s), mail or the page itself."""
    return list(_unsafe(html.document_fromstring(page)))


def _unsafe(root: html.HtmlElement) -> Iterator[str]:
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        tag = element.tag.lower()
        if tag == "script" and element.get("type") != "application/ld+json" and element.text != our_script():
            yield f"<script {dict(element.attrib)}>{element.text}"
        if tag in ("iframe", "object", "embed", "form", "base", "applet", "frame", "foreignobject", "animate", "set"):
            yield f"<{tag}>"
        if tag == "meta" and element.get("http-equiv", "").lower() == "refresh":
            yield "refresh"
        for name, value in element.attrib.items():
            local = name.rpartition("}")[2].rpartition(":")[2].lower()
            address = re.sub(r"[\x00-\x20]", "", value).lower()
            if local.startswith("on") or local in ("style", "srcdoc"):
                yield f"{tag} {name}={value!r}"
            is_picture = tag == "img" and re.match(r"data:image/(?!svg)[a-z+-]+;base64,", address)
            if local in ADDRESSES and not address.startswith(SCHEMES) and not is_picture:
                yield f"{tag} {name}={value!r}"
