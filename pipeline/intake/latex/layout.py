"""Commands that only set the page, and packages that pandoc does not know, written as what pandoc reads.

A table in `\\resizebox`, a caption in `table*`, a picture in `\\subfloat` would be lost with their words otherwise.
"""

import re

from pipeline.intake.latex.scanner import Command, balanced, commands
from pipeline.intake.latex.tables import plain_tables

MOST_PASSES = 8
FLOATS = {
    "table*": "table", "sidewaystable": "table", "sidewaystable*": "table", "wraptable": "table",
    "longrotatetable": "table", "SCtable": "table", "margintable": "table", "tableenv": "table", "figure*": "figure",
    "sidewaysfigure": "figure", "sidewaysfigure*": "figure", "wrapfigure": "figure", "SCfigure": "figure",
    "marginfigure": "figure", "floatingfigure": "figure", "subfigure*": "subfigure", "adjustwidth": "", "landscape": "",
    "adjustbox": "", "threeparttable": "", "ThreePartTable": "", "measuredfigure": "", "turn": "", "rotate": "",
    "CJK": "", "CJK*": "",
}  # fmt: skip
"""Environments by what stands for each; one that stands for nothing is taken away."""
ARGUMENTS = {"wraptable": 2, "wrapfigure": 2, "floatingfigure": 1, "adjustbox": 1, "adjustwidth": 2, "turn": 1,
             "rotate": 1, "CJK": 2, "CJK*": 2}  # fmt: skip
BEGIN = re.compile(rf"\\begin\s*\{{({'|'.join(re.escape(name) for name in FLOATS)})\}}")
END = re.compile(rf"\\end\s*\{{({'|'.join(re.escape(name) for name in FLOATS)})\}}")
OPTIONS = re.compile(r"(?:\s*\[[^\[\]]{0,200}\]){0,3}")
LAST = {"resizebox", "scalebox", "rotatebox", "adjustbox", "raisebox", "colorbox", "fcolorbox", "reflectbox",
        "framebox", "makebox", "parbox", "hbox", "vbox", "vtop", "centerline", "leftline", "rightline",
        "fbox", "shadowbox", "ovalbox"}  # fmt: skip
"""Boxes: the last argument is what they hold."""
STACKS = {"makecell", "shortstack", "thead", "makecellbox", "specialcell", "pbox", "Centerstack", "splitcell"}
PICTURES = {
    "fitfigure",
    "epsfig",
    "psfig",
    "plotone",
    "includesvg",
    "includestandalone",
    "includepdf",
    "myincludegraphics",
}
PARTS = {"subfloat", "subfigure", "subcaptionbox"}
GRANT = re.compile(
    r"\\grant(?:num|sponsor)(?:\[[^\]]{0,200}\])?\s*\{[^{}]{0,80}\}\s*\{([^{}]{0,300})\}(?:\s*\{\s*(?:https?:)[^{}]{0,300}\})?"
)
FILE = re.compile(r"(?:file|figure)\s*=\s*([^,\s]+)")
BREAK = re.compile(r"\\\\(?:\[[^\]]{0,20}\])?")
FLOAT = re.compile(r"\\begin\{(figure|table)\*?\}(?:(?!\\end\{\1).){0,20000}", re.DOTALL)
UNNUMBERED, NUMBERED = re.compile(r"\\caption\*(?=\s*\{)"), re.compile(r"\\caption(?=\s*[\[{])")
CAPTION_OF = re.compile(r"\\captionof\*?\s*\{(figure|table)\}")
HOLDERS = ("center", "minipage", "flushleft", "flushright", "figwindow")


def with_plain_grants(text: str) -> str:
    """`\\grantnum{PF}{314}` and `\\grantsponsor{PF}{Pier Fund}{address}` of acmart as what they print."""
    return GRANT.sub(r"\1", text)


def as_pandoc_reads(text: str) -> str:
    """`text` with such commands and environments replaced."""
    text = _by_caption(FLOAT.sub(_second_captions, text))
    text = BEGIN.sub(_Begin(text), text) if "\\begin" in text else text
    text = END.sub(lambda match: f"\\end{{{FLOATS[match[1]]}}}" if FLOATS[match[1]] else "", text)
    for _ in range(MOST_PASSES):
        changed = _pass(text)
        if changed == text:
            break
        text = changed
    return plain_tables(text)


def _second_captions(match: re.Match[str]) -> str:
    """`\\caption*` beside `\\caption` in one float is a note below it: pandoc keeps the last of them alone."""
    return UNNUMBERED.sub(r"\\par ", match[0]) if NUMBERED.search(match[0]) else match[0]


class _Begin:
    """What stands for the beginning of an environment; its arguments are marked by a command that is taken away."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __call__(self, match: re.Match[str]) -> str:
        name = FLOATS[match[1]]
        begun = f"\\begin{{{name}}}" if name else ""
        count = ARGUMENTS.get(match[1], 0)
        return f"{begun}\\{MARKS[count]} " if count else begun


MARKS = {1: "jatsarg", 2: "jatsargs"}
HANDLED = (*LAST, *STACKS, *PICTURES, *PARTS, *MARKS.values(), "diagbox", "backslashbox", "slashbox", "colhead")


def _pass(text: str) -> str:
    """Replace the outermost commands; those within them come with the next pass."""
    pieces, position = [], 0
    for command in commands(text, HANDLED):
        made = _replaced(command)
        if made is None:
            continue
        pieces += [text[position : command.start], made]
        position = command.end
    return "".join([*pieces, text[position:]])


def _replaced(command: Command) -> str | None:
    arguments = command.arguments
    if command.name in MARKS.values():
        return _after_arguments(command)
    if not arguments:
        return None
    if command.name in LAST:
        held = arguments[-1].replace("\\strut", "")
        return None if len(arguments) > 3 else f"{held} " if command.name == "hbox" else held
    if command.name in STACKS:
        return BREAK.sub(" ", arguments[-1])
    if command.name in ("diagbox", "backslashbox", "slashbox"):
        return " / ".join(arguments[:2])
    if command.name == "colhead":
        return arguments[0]
    if command.name in PICTURES:
        found = FILE.search(arguments[0])
        return f"\\includegraphics{{{found[1] if found else arguments[0]}}}"
    caption = arguments[0] if command.name == "subcaptionbox" else (command.options or ("",))[-1]
    inner = f"\\caption{{{caption}}}" if caption.strip() else ""
    if command.name != "subcaptionbox" and command.name == "subfigure" and "includegraphics" not in arguments[-1]:
        return None
    return f"\\begin{{subfigure}}{{1cm}}{arguments[-1]}{inner}\\end{{subfigure}}"


def _after_arguments(command: Command) -> str:
    """What follows the arguments of an environment: the groups that were read beyond them."""
    wanted = next(count for count, name in MARKS.items() if name == command.name)
    return "".join(f"{{{each}}}" for each in command.arguments[wanted:])


def _by_caption(text: str) -> str:
    """`\\captionof{figure}{…}` within `center` or `minipage` is a figure."""
    for match in reversed(list(CAPTION_OF.finditer(text))):
        starts = [(text.rfind(f"\\begin{{{name}}}", 0, match.start()), name) for name in HOLDERS]
        start, name = max(starts)
        end = text.find(f"\\end{{{name}}}", match.end())
        between = text.find(f"\\end{{{name}}}", max(start, 0), match.start())
        if start < 0 or end < 0 or between >= 0:
            text = f"{text[: match.start()]}\\par {text[match.end() :]}"
            continue
        after = start + len(name) + 8
        after = OPTIONS.match(text, after).end()  # type: ignore[union-attr]
        if name == "minipage" and text[after : after + 1] == "{":
            after += len(balanced(text, after) or "") + 2
        inner = f"{text[after : match.start()]}\\caption{text[match.end() : end]}"
        text = f"{text[:start]}\\begin{{{match[1]}}}{inner}\\end{{{match[1]}}}{text[end + len(name) + 6 :]}"
    return text
