"""Tables of LaTeX with the columns that pandoc understands: `l`, `c` and `r`."""

import re
from collections.abc import Iterator

from pipeline.intake.latex.heads import marked_heads
from pipeline.intake.latex.scanner import balanced, blanked, commands

WIDTHS = {"tabular*": 1, "tabularx": 1, "tabulary": 1, "xltabular": 1, "NiceTabular*": 1, "NiceTabularX": 1,
          "xtabular*": 1, "supertabular*": 1, "tabularew": 0}  # fmt: skip
"""How many arguments stand before the columns."""
LONG = {"longtable": "longtable", "xltabular": "longtable", "longtabu": "longtable", "longtblr": "longtable",
        "longtable*": "longtable"}  # fmt: skip
NAMES = ("tabular", *WIDTHS, *LONG, "tabu", "supertabular", "xtabular", "mpsupertabular", "tblr", "talltblr",
         "NiceTabular", "mpxtabular")  # fmt: skip
BEGIN = re.compile(rf"\\begin\s*\{{({'|'.join(re.escape(name) for name in dict.fromkeys(NAMES))})\}}")
END = re.compile(rf"\\end\s*\{{({'|'.join(re.escape(name) for name in dict.fromkeys(NAMES))})\}}")
EITHER = re.compile(r"\\(begin|end)\s*\{(?:tabular[*xy]?|array|longtable|tabu|tblr)\}")
DEEPEST = 5
OPTION = re.compile(r"\s*\[[^\[\]]{0,200}\]")
WIDTH = re.compile(r"\s*(?:to|spread)\s*[^{]{1,80}")
COLUMNS = re.compile(r"colspec\s*=\s*")
COLUMN = {"c": "c", "C": "c", "r": "r", "R": "r", "S": "c", "D": "c", "N": "c"}
REPEAT = re.compile(r"\*\s*\{\s*(\d{1,2})\s*\}\s*")
RULES = re.compile(
    r"\\(?:cline|hhline|cdashline|cmidrule|Xcline|arrayrulecolor|cdashlinelr)(?![A-Za-z])"
    r"(?:\s*\[[^\]]{0,40}\]|\s*\([^)]{0,40}\))*\s*(?:\{[^{}]{0,200}\})?"
)
SPACES = re.compile(r"\\(?:addlinespace|specialrule|noalign|morecmidrules|rowfont|rowcolors?\*?)(?![A-Za-z])"
                    r"(?:\s*\[[^\]]{0,40}\])*(?:\s*\{(?:[^{}]|\{[^{}]{0,200}\}){0,200}\})*")  # fmt: skip
MULTIROW = re.compile(r"\\multirow\s*(?:\[[^\]]{0,20}\])?\s*\{([^{}]{1,10})\}\s*(?:\[[^\]]{0,20}\])?\s*(?:([*=])\s*)?")
CAPTIONED = re.compile(r"\\begin\{tabular\}\{[a-z]{0,100}\}\s*\\caption(?![A-Za-z])")
TABULAR_END = "\\end{tabular}"
DELUXE = re.compile(r"\\begin\{deluxetable\*?\}\s*")
LONGEST, LONGEST_COLUMNS = 100, 600


def depth_of(text: str) -> int:
    """How deep tables stand within tables; pandoc takes a time that grows fivefold with each."""
    depth = deepest = 0
    for match in EITHER.finditer(text):
        depth += 1 if match[1] == "begin" else -1
        deepest = max(deepest, depth)
    return deepest


def plain_tables(text: str) -> str:
    """`text` with the columns of its tables in a simple form, and without the rules within them."""
    text = DELUXE.sub(lambda match: "\\begin{deluxetable}", text.replace("\\end{deluxetable*}", "\\end{deluxetable}"))
    text = _deluxe(text)
    pieces, position = [], 0
    for match in BEGIN.finditer(text):
        if match.start() < position:
            continue
        columns, end = _columns(text, match)
        if not columns:
            continue
        pieces += [text[position : match.start()], f"\\begin{{{LONG.get(match[1], 'tabular')}}}{{{columns}}}"]
        position = end
    text = END.sub(lambda match: f"\\end{{{LONG.get(match[1], 'tabular')}}}", "".join([*pieces, text[position:]]))
    if "\\begin{tabular}" not in text and "\\begin{longtable}" not in text:
        return text
    return marked_heads(_spans(_without_rules(_with_captions(text))))


def _with_captions(text: str) -> str:
    """A caption that stands within a table is one of a long table; in others pandoc drops it."""
    for match in reversed(list(CAPTIONED.finditer(text))):
        end = text.find(TABULAR_END, match.end())
        if end >= 0:
            start = match.start() + len("\\begin{")
            text = (
                text[:start]
                + text[start:end].replace("tabular", "longtable", 1)
                + "\\end{longtable}"
                + text[end + len(TABULAR_END) :]
            )
    return text


def _without_rules(text: str) -> str:
    """Rules over some columns only, and space between rows, say nothing."""
    for pattern in (RULES, SPACES):
        text = pattern.sub(lambda match: "\n" * match[0].count("\n") or " ", text)
    return text


def _columns(text: str, match: re.Match[str]) -> tuple[str, int]:
    """The columns of the table that begins there, and where they end; none where they cannot be read."""
    position = match.end()
    while option := OPTION.match(text, position):
        position = option.end()
    if match[1] in ("tabu", "longtabu") and (width := WIDTH.match(text, position)):
        position = width.end()
    for number in range(WIDTHS.get(match[1], 0) + 1):
        position += len(text[position : position + 50]) - len(text[position : position + 50].lstrip())
        held = balanced(text, position) if text[position : position + 1] == "{" else None
        if held is None:
            return "", 0
        position += len(held) + 2
        while number < WIDTHS.get(match[1], 0) and (option := OPTION.match(text, position)):
            position = option.end()
    if found := COLUMNS.search(held or ""):
        rest = (held or "")[found.end() :]
        held = balanced(rest, 0) if rest[:1] == "{" else rest.partition(",")[0]
    return "".join(_letters((held or "")[:LONGEST_COLUMNS])), position


def _letters(columns: str, depth: int = 0) -> Iterator[str]:
    """`@{}l*{2}{c}>{\\bf}p{3cm}|` gives `l c c l`."""
    position = made = 0
    while position < len(columns) and made < LONGEST:
        char = columns[position]
        repeat = REPEAT.match(columns, position)
        if repeat and columns[repeat.end() : repeat.end() + 1] == "{":
            inner = balanced(columns, repeat.end()) or ""
            for _ in range(int(repeat[1])):
                yield from _letters(inner, depth + 1) if depth < 3 else ()
            position = repeat.end() + len(inner) + 2
            continue
        position += 1
        if char.isalpha():
            made += 1
            yield COLUMN.get(char, "l")
        while columns[position : position + 1] in ("{", "[") and columns[position : position + 1]:
            inner = balanced(columns, position) or ""
            position += len(inner) + 2


def _spans(text: str) -> str:
    """Cells over several columns or rows with a plain form of their arguments."""
    text = MULTIROW.sub(_with_width, text)
    pieces, position = [], 0
    starts = re.compile(r"\\multicolumn\s*\{\s*(\d{1,3})\s*\}\s*(?=\{)|\\multirow\{(\d{1,3})\}\s*(?=\{)")
    for match in starts.finditer(text):
        held = balanced(text, match.end())
        if held is None:
            continue
        letters = list(_letters(held[:LONGEST_COLUMNS]))
        made = f"\\multicolumn{{{match[1]}}}{{{letters[0] if letters else 'c'}}}"
        after = match.end() + len(held) + 2
        pieces += [text[position : match.start()], made if match[1] else f"\\multirow{{{match[2]}}}{{*}}"]
        option = OPTION.match(text, after)
        position = option.end() if match[2] and option else after
    return "".join([*pieces, text[position:]])


def _with_width(match: re.Match[str]) -> str:
    return f"\\multirow{{{match[1].strip().lstrip('-')}}}" + ("{*}" if match[2] else "")


def _deluxe(text: str) -> str:
    """Tables of the American Astronomical Society's class as plain ones."""
    while (start := text.find("\\begin{deluxetable}")) >= 0:
        end = text.find("\\end{deluxetable}", start)
        if end < 0:
            return text
        inner = text[start + 19 : end]
        columns = balanced(inner, 0) if inner[:1] == "{" else None
        inner = inner[len(columns) + 2 :] if columns is not None else inner
        said = {
            each.name: each for each in commands(inner, ("tablecaption", "tablehead", "tablecomments", "tablerefs"))
        }
        body = inner
        for each in sorted(said.values(), key=lambda one: one.start, reverse=True):
            body = blanked(body, each.start, each.end)
        body = re.sub(
            r"\\(?:startdata|enddata|tablewidth\{[^{}]*\}|tabletypesize\{[^{}]*\}|tablenum\{[^{}]*\})", " ", body
        )
        caption, head = (said[name].argument if name in said else "" for name in ("tablecaption", "tablehead"))
        notes = " ".join(said[name].argument for name in ("tablecomments", "tablerefs") if name in said)
        letters = "".join(_letters((columns or "")[:LONGEST_COLUMNS]))
        made = f"\\begin{{table}}\\caption{{{caption}}}\\begin{{tabular}}{{{letters}}}"
        made += f"{head} \\\\ \\hline {body.strip()}\\end{{tabular}}\\par {notes}\\end{{table}}"
        text = text[:start] + made + text[end + 17 :]
    return text
