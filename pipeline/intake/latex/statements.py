"""Statements that classes have commands or environments for, as sections with the headings those print."""

import re

from pipeline.intake.latex.scanner import commands

COMMANDS = {
    "acknowledgments": "Acknowledgements", "acknowledgements": "Acknowledgements", "funding": "Funding",
    "authorcontributions": "Author Contributions", "authorcontribution": "Author Contributions",
    "conflictsofinterest": "Conflicts of Interest", "competinginterests": "Competing Interests",
    "dataavailability": "Data Availability", "codeavailability": "Code Availability",
    "institutionalreview": "Institutional Review Board Statement", "informedconsent": "Informed Consent Statement",
    "supplementary": "Supplementary Materials", "abbreviations": "Abbreviations",
}  # fmt: skip
HEADINGS = ("bmhead", "specialsection", "ssection")
ENVIRONMENT = re.compile(r"\\begin\{(acknowledg(?:e)?ments?|acks|ack|Acknowledgments?)\}(?:\[[^\]]{0,80}\])?")
END = re.compile(r"\\end\{(?:acknowledg(?:e)?ments?|acks|ack|Acknowledgments?)\}")
BARE = re.compile(r"\\(?:acknowledg(?:e)?ments?|ackn?)(?![A-Za-z{])\s*(?!\{)")


NAMES = {"introduction": "Introduction", "conclusions": "Conclusions", "conclusion": "Conclusion"}
NAMED = re.compile(rf"\\({'|'.join(NAMES)})(?![A-Za-z])(?:[ \t]*\[([^\[\]\n]{{1,200}})\])?(?!\s*\{{)")
"""Headings that classes print by a command alone, as that of Copernicus does."""


def as_sections(text: str) -> str:
    """`text` with `\\section*` in the place of such commands."""
    for command in list(commands(text, (*COMMANDS, *HEADINGS)))[::-1]:
        if command.name in HEADINGS:
            made = f"\\section*{{{command.argument}}}"
        elif len(command.arguments) == 2 and command.argument.strip():
            made = f"\\section*{{{command.arguments[0]}}} {command.arguments[1]}\n\n"
        elif command.argument.strip():
            made = f"\\section*{{{COMMANDS[command.name]}}} {command.argument}\n\n"
        else:
            continue
        text = text[: command.start] + made + text[command.end :]
    text = NAMED.sub(lambda match: f"\\section{{{match[2] or NAMES[match[1]]}}}", text)
    text = ENVIRONMENT.sub(r"\\section*{Acknowledgements} ", text)
    text = BARE.sub(r"\\section*{Acknowledgements} ", text)
    return END.sub("\n\n", text)
