"""Pieces of pandoc's document model, written in one start of pandoc and handed back one by one."""

from collections.abc import Mapping, Sequence

from pipeline import pandoc
from pipeline.findings import Finding
from pipeline.render import pandoc_ast as ast
from pipeline.render.pandoc_ast import Nodes

MARK = "\x01"  # a character that no XML document can hold


def write(
    pieces: Mapping[str, Nodes], writer: str, options: Sequence[str] = (), findings: list[Finding] | None = None
) -> dict[str, str]:
    """Each piece in the markup of `writer` (`html5` or `typst`); an empty piece is an empty string.

    What pandoc warns of is added to `findings`.
    """
    blocks: Nodes = []
    markup = writer.partition("-")[0].rstrip("5")
    for name, content in pieces.items():
        if content:
            blocks += [ast.raw_block(markup, f"{MARK}{name}{MARK}"), *content]
    written, warnings = pandoc.to_text(ast.document(blocks), "json", writer, ["--wrap=none", *options])
    if findings is not None:
        findings += pandoc.findings_of(warnings)
    parts = written.split(MARK)[1:]
    if parts[::2] != [name for name, content in pieces.items() if content]:
        raise pandoc.rubbish("pieces that were not asked for")
    return dict.fromkeys(pieces, "") | {name: text.strip() for name, text in zip(parts[::2], parts[1::2], strict=True)}
