"""Manuscripts in Org, reStructuredText and Typst."""

import re
from collections.abc import Callable

from tests.evaluate.manuscripts.article import Manuscript
from tests.evaluate.manuscripts.markdown_layouts import marked_names, quoted
from tests.evaluate.manuscripts.written import Files, bib, keyed, printed, references, write


def org(each: Manuscript) -> Files:
    head = f"#+TITLE: {each.title}\n#+AUTHOR: {', '.join(p.name for p in each.people)}\n#+DATE: 2022-03-03\n"
    head += (
        f"#+KEYWORDS: {', '.join(each.keywords)}\n#+OPTIONS: toc:nil\n#+BIBLIOGRAPHY: refs.bib\n\n"
        if each.keywords
        else "\n"
    )
    head += "#+BEGIN_abstract\n" + "\n\n".join(each.abstract) + "\n#+END_abstract\n\n" if each.abstract else ""
    return {"paper.org": (head + write([*printed(each.body), *references(each)], "org")).encode()}


def org_bare(each: Manuscript) -> Files:
    """Authors and their places as the first lines of the text."""
    head = f"#+TITLE: {each.title}\n\n{marked_names(each, '^{%s}')}\n\n"
    head += "".join(f"^{{{n}}} {text}\n\n" for n, text in enumerate(each.places, 1))
    head += f"* {each.labels[0]}\n\n" + "\n\n".join(each.abstract) + "\n\n" if each.abstract else ""
    head += f"*{each.labels[1]}:* {', '.join(each.keywords)}\n\n" if each.keywords else ""
    body = write(keyed(each), "org") + "\nbibliography:refs.bib\n"
    return {"paper.org": (head + body).encode(), "refs.bib": bib(each)}


def org_each(each: Manuscript) -> Files:
    head = f"#+title: {each.title}\n" + "".join(f"#+author: {p.name}\n" for p in each.people)
    head += "".join(f"#+affiliation: {text}\n" for text in each.places[:1])
    head += f"#+keywords: {', '.join(each.keywords)}\n" if each.keywords else ""
    head += "#+begin_abstract\n" + "\n\n".join(each.abstract) + "\n#+end_abstract\n\n" if each.abstract else "\n"
    return {"paper.org": (head + write([*printed(each.body), *references(each)], "org")).encode()}


def rst(each: Manuscript) -> Files:
    """With a docinfo, as docutils has it."""
    head = f"{'=' * len(each.title)}\n{each.title}\n{'=' * len(each.title)}\n\n"
    if len(each.people) > 1:
        head += ":Authors:\n" + "".join(f"    - {p.name}\n" for p in each.people)
    else:
        head += f":Author: {each.people[0].name}\n"
    head += f":Organization: {each.places[0]}\n:Date: 2022-03-03\n\n" if each.places else "\n"
    if each.abstract:
        head += ":Abstract:\n" + "\n\n".join(f"    {text}" for text in each.abstract) + "\n\n"
    head += f":Keywords: {', '.join(each.keywords)}\n\n" if each.keywords else ""
    return {"paper.rst": (head + write([*printed(each.body), *references(each)], "rst")).encode()}


def rst_scipy(each: Manuscript) -> Files:
    """As the SciPy proceedings want it: a field list an author."""
    head = ""
    for p in each.people:
        head += f":author: {p.name}\n" + (f":email: {p.email}\n" if p.email else "")
        head += "".join(f":institution: {each.places[n - 1]}\n" for n in p.places) + "\n"
    head += f"{'-' * len(each.title)}\n{each.title}\n{'-' * len(each.title)}\n\n"
    if each.abstract:
        head += ".. class:: abstract\n\n" + "\n\n".join(f"   {text}" for text in each.abstract) + "\n\n"
    head += f".. class:: keywords\n\n   {', '.join(each.keywords)}\n\n" if each.keywords else ""
    return {"paper.rst": (head + write([*printed(each.body), *references(each)], "rst")).encode()}


def typst(each: Manuscript) -> Files:
    """With the function of a template, as most Typst papers have it."""
    people = ",\n".join(
        f'    (name: {quoted(p.name)}, organization: {quoted("; ".join(each.places[n - 1] for n in p.places))}'
        + (f", email: {quoted(p.email)}" if p.email else "") + ")" for p in each.people
    )  # fmt: skip
    words = ", ".join(map(quoted, each.keywords))
    head = '#import "@preview/charged-ieee:0.1.3": ieee\n\n#show: ieee.with(\n'
    head += f"  title: [{_typ(each.title)}],\n  authors: (\n{people},\n  ),\n"
    head += f"  abstract: [{_typ(' '.join(each.abstract))}],\n"
    head += f"  index-terms: ({words},),\n" if words else ""
    head += '  bibliography: bibliography("refs.bib"),\n)\n\n'
    return {"paper.typ": (head + write(keyed(each), "typst")).encode(), "refs.bib": bib(each, "biblatex")}


def typst_bare(each: Manuscript) -> Files:
    names = ", ".join(f"{_typ(p.name)}#super[{','.join(map(str, p.places))}]" for p in each.people)
    head = f'#set document(title: {quoted(each.title)})\n#set page(numbering: "1")\n#set par(justify: true)\n\n'
    head += f'#align(center)[\n  #text(17pt, weight: "bold")[{_typ(each.title)}]\n\n  {names}\n\n'
    head += "\n\n".join(f"  #super[{n}] {_typ(text)}" for n, text in enumerate(each.places, 1)) + "\n]\n\n"
    head += f"= {each.labels[0]}\n\n" + _typ("\n\n".join(each.abstract)) + "\n\n" if each.abstract else ""
    head += f"*{each.labels[1]}:* {_typ(', '.join(each.keywords))}\n\n" if each.keywords else ""
    body = write(keyed(each), "typst")
    return {"paper.typ": (head + body + '\n\n#bibliography("refs.bib")\n').encode(), "refs.bib": bib(each, "biblatex")}


def _typ(text: str) -> str:
    return re.sub(r"([#@*_$<>\\\[\]])", r"\\\1", text)


LAYOUTS: dict[str, Callable[[Manuscript], Files]] = {
    "org": org,
    "org-bare": org_bare,
    "org-each": org_each,
    "rst": rst,
    "rst-scipy": rst_scipy,
    "typst": typst,
    "typst-bare": typst_bare,
}
