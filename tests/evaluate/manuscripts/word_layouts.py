"""Manuscripts as word processors write them: DOCX in several hands, and what LibreOffice makes of it."""

import os
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from pipeline.intake.markup.nodes import Nodes
from tests.evaluate.manuscripts.article import Manuscript
from tests.evaluate.manuscripts.word import (
    bold_headings,
    captioned,
    front_each,
    front_plain,
    front_styled,
    make,
    numbered,
    sequence,
    title_in_box,
    title_in_table,
    tracked,
    unstyled,
)
from tests.evaluate.manuscripts.word_extras import commented, crossed, merged, with_comment, with_endnotes
from tests.evaluate.manuscripts.word_fields import bibliography_field, endnote, fields, mendeley, with_marks, zotero
from tests.evaluate.manuscripts.written import Files, printed, references


def docx_styled(each: Manuscript) -> Files:
    blocks = [*front_styled(each), *captioned(printed(each.body), each), *references(each)]
    return {"paper.docx": make(each, blocks)}


def plain_blocks(each: Manuscript) -> Nodes:
    body = bold_headings([*captioned(printed(each.body), each), *references(each)])
    return [*front_plain(each), *body]


def docx_plain(each: Manuscript) -> Files:
    return {"paper.docx": make(each, plain_blocks(each), unstyled)}


def docx_each(each: Manuscript) -> Files:
    return {
        "paper.docx": make(each, [*front_each(each), *captioned(printed(each.body), each), *references(each)], numbered)
    }


def docx_table(each: Manuscript) -> Files:
    return {"paper.docx": make(each, plain_blocks(each), unstyled, title_in_table)}


def docx_box(each: Manuscript) -> Files:
    blocks = [*front_plain(each), *bold_headings([*captioned(printed(each.body), each), *references(each)])]
    return {"paper.docx": make(each, blocks, unstyled, title_in_box, tracked, sequence)}


def docx_zotero(each: Manuscript) -> Files:
    blocks = [*front_styled(each), *captioned(with_marks(each), each), *references(each)]
    return {"paper.docx": make(each, blocks, fields(zotero), bibliography_field)}


def docx_mendeley(each: Manuscript) -> Files:
    blocks = [*front_plain(each), *bold_headings([*captioned(with_marks(each), each), *references(each)])]
    return {"paper.docx": make(each, blocks, unstyled, fields(mendeley))}


def docx_endnote(each: Manuscript) -> Files:
    blocks = [*front_each(each), *captioned(with_marks(each), each), *references(each)]
    return {"paper.docx": make(each, blocks, fields(endnote))}


def docx_rich(each: Manuscript) -> Files:
    blocks = [*front_styled(each), *captioned(with_marks(each), each), *references(each)]
    changes = (fields(zotero), sequence, crossed, merged, commented, tracked)
    return {"paper.docx": make(each, blocks, *changes, package=lambda parts: with_comment(with_endnotes(parts)))}


def office(data: bytes, suffix: str, to: str) -> bytes:
    """What LibreOffice writes of a document."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "in" + suffix).write_bytes(data)
        profile = Path(tempfile.gettempdir(), f"manuscripts-office-{os.getpid()}").as_uri()
        command = [
            "soffice",
            "--headless",
            f"-env:UserInstallation={profile}",
            "--convert-to",
            to,
            "--outdir",
            folder + "/out",
        ]
        subprocess.run([*command, f"{folder}/in{suffix}"], capture_output=True, check=True, timeout=300)
        return next(Path(folder, "out").iterdir()).read_bytes()


def by_office(layout: Callable[[Manuscript], Files], to: str) -> Callable[[Manuscript], Files]:
    def made(each: Manuscript) -> Files:
        return {f"paper.{to}": office(layout(each)["paper.docx"], ".docx", to)}

    return made


BY_OFFICE = ("docx-office", "odt-rich", "odt-styled", "odt-plain", "rtf-styled", "rtf-plain")
"""Layouts that LibreOffice makes."""
LAYOUTS: dict[str, Callable[[Manuscript], Files]] = {
    "docx-rich": docx_rich, "odt-rich": by_office(docx_rich, "odt"),
    "docx-styled": docx_styled, "docx-plain": docx_plain, "docx-each": docx_each, "docx-table": docx_table,
    "docx-box": docx_box, "docx-zotero": docx_zotero, "docx-mendeley": docx_mendeley, "docx-endnote": docx_endnote,
    "docx-office": by_office(docx_plain, "docx"), "odt-styled": by_office(docx_styled, "odt"),
    "odt-plain": by_office(docx_plain, "odt"), "rtf-styled": by_office(docx_styled, "rtf"),
    "rtf-plain": by_office(docx_plain, "rtf"),
}  # fmt: skip
