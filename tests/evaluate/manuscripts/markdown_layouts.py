"""Manuscripts in Markdown: JOSS, Quarto, MyST, with a YAML front matter and bare."""

import json
import re
from collections.abc import Callable

from pipeline.intake.markup.nodes import Node, Nodes
from tests.evaluate.manuscripts.article import Manuscript, Person, mapped
from tests.evaluate.manuscripts.written import Files, bib, keyed, printed, references, write


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _people(each: Manuscript, form: Callable[[Person, Manuscript], list[str]]) -> str:
    return "\n".join(line for person in each.people for line in form(person, each))


def _joss_author(person: Person, each: Manuscript) -> list[str]:
    lines = [f"  - name: {quoted(person.name)}"]
    lines += [f"    orcid: {person.orcid}"] if person.orcid else []
    lines += [f'    affiliation: "{", ".join(map(str, person.places))}"'] if person.places else []
    return lines + (["    corresponding: true"] if person.email else [])


def _quarto_author(person: Person, each: Manuscript) -> list[str]:
    lines = ["  - name:", f"      given: {quoted(person.given)}", f"      family: {quoted(person.family)}"]
    lines += [f"    orcid: {person.orcid}"] if person.orcid else []
    lines += [f"    email: {person.email}"] if person.email else []
    return [*lines, "    affiliations:", *(f"      - ref: aff{place}" for place in person.places)]


def _myst_author(person: Person, each: Manuscript) -> list[str]:
    lines = [f"  - name: {quoted(person.name)}"]
    lines += [f"    orcid: {person.orcid}"] if person.orcid else []
    lines += [f"    email: {person.email}", "    corresponding: true"] if person.email else []
    return [*lines, "    affiliations:", *(f"      - {quoted(each.places[place - 1])}" for place in person.places)]


def _abstract_yaml(each: Manuscript) -> str:
    return "abstract: |\n" + "\n\n".join(f"  {text}" for text in each.abstract) if each.abstract else ""


def joss(each: Manuscript) -> Files:
    names = "\n".join(f"  - name: {quoted(text)}\n    index: {n}" for n, text in enumerate(each.places, 1))
    tags = "\n".join(f"  - {quoted(word)}" for word in each.keywords)
    head = f"---\ntitle: {quoted(each.title)}\ntags:\n{tags}\nauthors:\n{_people(each, _joss_author)}\n"
    head += f"affiliations:\n{names}\ndate: 3 March 2022\nbibliography: paper.bib\n---\n\n"
    summary = "# Summary\n\n" + "\n\n".join(each.abstract) + "\n\n" if each.abstract else ""
    return {"paper.md": (head + summary + write(keyed(each), "markdown") + "\n\n# References\n").encode(),
            "paper.bib": bib(each)}  # fmt: skip


def quarto(each: Manuscript) -> Files:
    names = "\n".join(f"  - id: aff{n}\n    name: {quoted(text)}" for n, text in enumerate(each.places, 1))
    head = f"---\ntitle: {quoted(each.title)}\nauthor:\n{_people(each, _quarto_author)}\naffiliations:\n{names}\n"
    head += f"{_abstract_yaml(each)}\nkeywords: [{', '.join(map(quoted, each.keywords))}]\nlang: {each.lang.lower()}\n"
    head += (
        "date: 2022-03-03\nbibliography: refs.json\nformat: {html: default, pdf: {documentclass: scrartcl}}\n---\n\n"
    )
    return {"paper.qmd": (head + write(keyed(each), "markdown")).encode(), "refs.json": json.dumps(each.items).encode()}


def _role(node: Node) -> Nodes:
    if node["t"] != "Cite":
        return [node]
    keys = ",".join(one["citationId"] for one in node["c"][0])
    return [{"t": "RawInline", "c": ["markdown", f"{{cite:p}}`{keys}`"]}]


def myst(each: Manuscript) -> Files:
    head = f"---\ntitle: {quoted(each.title)}\nauthors:\n{_people(each, _myst_author)}\n"
    head += f"keywords: [{', '.join(map(quoted, each.keywords))}]\nlicense: CC-BY-4.0\ndate: 2022-03-03\n---\n\n"
    abstract = '+++ {"part": "abstract"}\n' + "\n\n".join(each.abstract) + "\n+++\n\n" if each.abstract else ""
    body = write(mapped(keyed(each), _role), "markdown+tex_math_dollars")
    body = re.sub(r"(?m)^\$\$(.*)\$\$$", r"```{math}\n\1\n```", body)
    return {"paper.md": (head + abstract + body).encode(), "paper.bib": bib(each)}


def pandoc_yaml(each: Manuscript) -> Files:
    names = ", ".join(quoted(person.name) for person in each.people)
    head = f"---\ntitle: {quoted(each.title)}\nauthor: [{names}]\n{_abstract_yaml(each)}\n"
    head += f"keywords: {quoted(', '.join(each.keywords))}\n...\n\n" if each.keywords else "...\n\n"
    return {"paper.md": (head + write([*printed(each.body), *references(each)], "markdown")).encode()}


def marked_names(each: Manuscript, mark: str) -> str:
    return ", ".join(f"{p.name}{mark % ','.join(map(str, p.places)) if p.places else ''}" for p in each.people)


def bare_markdown(each: Manuscript) -> Files:
    head = f"# {each.title}\n\n{marked_names(each, '^%s^')}\n\n"
    head += "".join(f"^{number}^ {text}  \n" for number, text in enumerate(each.places, 1)) + "\n"
    head += f"## {each.labels[0]}\n\n" + "\n\n".join(each.abstract) + "\n\n" if each.abstract else ""
    head += f"**{each.labels[1]}:** {', '.join(each.keywords)}\n\n" if each.keywords else ""
    body = write([*printed(each.body), *references(each)], "markdown", "--shift-heading-level-by=1")
    return {"paper.md": (head + body).encode()}


LAYOUTS: dict[str, Callable[[Manuscript], Files]] = {
    "md-joss": joss,
    "md-quarto": quarto,
    "md-myst": myst,
    "md-yaml": pandoc_yaml,
    "md-bare": bare_markdown,
}
