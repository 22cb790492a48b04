"""Manuscripts in formats that are text: Markdown, LaTeX, HTML, EPUB, Org, reStructuredText, Typst."""

import json
import re
import subprocess
import tempfile
from collections.abc import Callable
from copy import deepcopy
from html import escape
from pathlib import Path

from pipeline import pandoc
from pipeline.intake.markup.nodes import Node, Nodes, descendants
from tests.evaluate.manuscripts.article import Manuscript, Person, header, mapped, para, words_of

Files = dict[str, bytes]
SHELL = {"pandoc-api-version": [1, 23, 1], "meta": {}}
TEX = str.maketrans({"&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$"})
JOURNAL = "Journal of Quays"


def write(blocks: Nodes, writer: str, *options: str) -> str:
    if writer.startswith("markdown"):
        blocks = list(mapped(implicit(blocks), _unraised))
    tree = SHELL | {"blocks": blocks}
    return pandoc.convert(json.dumps(tree).encode(), "json", writer, [*options, "--wrap=none"]).decode()


def _unraised(node: Node) -> Nodes:
    """`^[@key]^` would be a note in Markdown."""
    held = node["c"] if node["t"] == "Superscript" else []
    return list(held) if any(inner["t"] in ("Cite", "RawInline") for inner in held) else [node]


def implicit(blocks: Nodes) -> Nodes:
    """Figures as Markdown has them, `![caption](address)`: those of several pictures one after the other."""

    def change(node: Node) -> Nodes:
        if node["t"] != "Figure":
            return [node]
        words = [inner for block in node["c"][1][1] for inner in block.get("c", []) if isinstance(inner, dict)]
        images = [inner for inner in descendants(node["c"][2]) if inner["t"] == "Image"]
        return [para(image | {"c": [image["c"][0], words, [image["c"][2][0], ""]]}) for image in images]

    return list(mapped(blocks, change))


def printed(blocks: Nodes) -> Nodes:
    """Citations as the text that was printed."""
    found: Nodes = mapped(deepcopy(blocks), lambda node: node["c"][1] if node["t"] == "Cite" else [node])
    return found


def references(each: Manuscript) -> Nodes:
    return [header(1, each.labels[2]), *(para(*words_of(text)) for text in each.references)]


def keyed(each: Manuscript) -> Nodes:
    """The body with its citations by key, as far as there are data."""
    known = {item["id"] for item in each.items}

    def change(node: Node) -> Nodes:
        if node["t"] == "Cite" and not all(one["citationId"] in known for one in node["c"][0]):
            return list(node["c"][1])
        return [node]

    return list(mapped(deepcopy(each.body), change))


def bib(each: Manuscript, to: str = "bibtex") -> bytes:
    return pandoc.convert(json.dumps(each.items).encode(), "csljson", to)


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


def tex(text: str) -> str:
    return text.translate(TEX)


def _tex_body(each: Manuscript, cited: bool = True) -> str:
    blocks = keyed(each) if cited else printed(each.body)
    return write(blocks, "latex", "--natbib" if cited else "--no-highlight")


def _document(kind: str, head: str, after: str, body: str, end: str) -> bytes:
    packages = r"\usepackage[utf8]{inputenc}\usepackage{graphicx,natbib,longtable,booktabs,amsmath,hyperref}"
    return (
        f"\\documentclass{kind}\n{packages}\n{head}\n\\begin{{document}}\n{after}\n{body}\n{end}\n\\end{{document}}\n"
    ).encode()


def _abstract_tex(each: Manuscript) -> str:
    if not each.abstract:
        return ""
    return "\\begin{abstract}\n" + tex("\n\n".join(each.abstract)) + "\n\\end{abstract}\n"


CORREF = "\\corref{cor1}"
BIB = "\\bibliographystyle{plainnat}\n\\bibliography{refs}"


def article_tex(each: Manuscript) -> Files:
    people = [
        tex(p.name) + (f"\\thanks{{Corresponding author: {tex(p.email)}}}" if p.email else "")
        + "".join(f"\\\\ {tex(each.places[n - 1])}" for n in p.places)
        for p in each.people
    ]  # fmt: skip
    names = " \\and ".join(people)
    head = f"\\title{{{tex(each.title)}}}\n\\author{{{names}}}\n\\date{{\\today}}"
    after = "\\maketitle\n" + _abstract_tex(each)
    after += f"\\textbf{{Keywords:}} {tex(', '.join(each.keywords))}\n\n" if each.keywords else ""
    return {"paper.tex": _document("[12pt]{article}", head, after, _tex_body(each), BIB), "refs.bib": bib(each)}


def authblk(each: Manuscript) -> Files:
    people = [f"\\author[{','.join(map(str, p.places))}]{{{tex(p.name)}}}" for p in each.people]
    places = [f"\\affil[{n}]{{{tex(text)}}}" for n, text in enumerate(each.places, 1)]
    head = "\\usepackage{authblk}\n" + "\n".join([f"\\title{{\\textbf{{{tex(each.title)}}}}}", *people, *places])
    after = "\\maketitle\n" + _abstract_tex(each)
    after += f"\\noindent\\textit{{Keywords}}: {tex('; '.join(each.keywords))}\n\n" if each.keywords else ""
    items = "\n".join(f"\\bibitem{{k{n}}} {tex(text)}\n" for n, text in enumerate(each.references))
    end = f"\\begin{{thebibliography}}{{99}}\n{items}\\end{{thebibliography}}"
    return {"paper.tex": _document("{article}", head, after, _tex_body(each, False), end)}


def revtex(each: Manuscript) -> Files:
    lines = [f"\\title{{{tex(each.title)}}}"]
    for p in each.people:
        lines += [f"\\author{{{tex(p.name)}}}"] + ([f"\\email{{{p.email}}}"] if p.email else [])
        lines += [f"\\affiliation{{{tex(each.places[n - 1])}}}" for n in p.places]
    after = "\n".join(lines) + "\n" + _abstract_tex(each)
    after += f"\\keywords{{{tex(', '.join(each.keywords))}}}\n" if each.keywords else ""
    after += "\\maketitle\n"
    kind = "[aps,prl,twocolumn]{revtex4-2}"
    return {"paper.tex": _document(kind, "", after, _tex_body(each), "\\bibliography{refs}"), "refs.bib": bib(each)}


def ieee(each: Manuscript) -> Files:
    names = ", ".join(f"{tex(p.name)}\\IEEEauthorrefmark{{{','.join(map(str, p.places))}}}" for p in each.people)
    places = "\\\\\n".join(f"\\IEEEauthorrefmark{{{n}}}{tex(text)}" for n, text in enumerate(each.places, 1))
    head = f"\\title{{{tex(each.title)}}}\n"
    head += f"\\author{{\\IEEEauthorblockN{{{names}}}\n\\IEEEauthorblockA{{{places}}}}}"
    after = "\\maketitle\n" + _abstract_tex(each)
    after += (
        f"\\begin{{IEEEkeywords}}\n{tex(', '.join(each.keywords))}\n\\end{{IEEEkeywords}}\n" if each.keywords else ""
    )
    return {"paper.tex": _document("[conference]{IEEEtran}", head, after, _tex_body(each), BIB), "refs.bib": bib(each)}


def elsarticle(each: Manuscript) -> Files:
    people = [
        f"\\author[{','.join(f'a{n}' for n in p.places)}]{{{tex(p.name)}{CORREF if p.email else ''}}}"
        + (f"\n\\ead{{{p.email}}}" if p.email else "")
        for p in each.people
    ]  # fmt: skip
    places = [f"\\address[a{n}]{{{tex(text)}}}" for n, text in enumerate(each.places, 1)]
    words = " \\sep ".join(map(tex, each.keywords))
    after = "\n".join(["\\begin{frontmatter}", f"\\title{{{tex(each.title)}}}", *people,
                       "\\cortext[cor1]{Corresponding author}", *places, _abstract_tex(each),
                       f"\\begin{{keyword}}\n{words}\n\\end{{keyword}}" if words else "",
                       "\\end{frontmatter}"])  # fmt: skip
    kind = "[preprint,12pt]{elsarticle}"
    return {"paper.tex": _document(kind, "\\journal{Quays}", after, _tex_body(each), BIB), "refs.bib": bib(each)}


def llncs(each: Manuscript) -> Files:
    people = " \\and ".join(f"{tex(p.name)}\\inst{{{','.join(map(str, p.places))}}}" for p in each.people)
    places = " \\and ".join(map(tex, each.places))
    head = f"\\title{{{tex(each.title)}}}\n\\titlerunning{{Quays}}\n\\author{{{people}}}\n\\institute{{{places}}}"
    words = " \\and ".join(map(tex, each.keywords))
    abstract = _abstract_tex(each)
    if words:
        abstract = (abstract or "\\end{abstract}").replace(
            "\\end{abstract}", f"\\keywords{{{words}}}\n\\end{{abstract}}"
        )
        abstract = abstract if each.abstract else f"\\keywords{{{words}}}\n"
    body = "\\maketitle\n" + abstract
    return {"paper.tex": _document("[runningheads]{llncs}", head, body, _tex_body(each), BIB), "refs.bib": bib(each)}


def acmart(each: Manuscript) -> Files:
    lines = [f"\\title{{{tex(each.title)}}}"]
    for p in each.people:
        lines += [f"\\author{{{tex(p.name)}}}"] + ([f"\\email{{{p.email}}}"] if p.email else [])
        lines += [f"\\orcid{{{p.orcid}}}"] if p.orcid else []
        lines += [f"\\affiliation{{\\institution{{{tex(each.places[n - 1])}}}}}" for n in p.places]
    lines += [
        _abstract_tex(each),
        f"\\keywords{{{tex(', '.join(each.keywords))}}}" if each.keywords else "",
        "\\maketitle",
    ]
    return {
        "paper.tex": _document("[sigconf]{acmart}", "", "\n".join(lines), _tex_body(each), BIB),
        "refs.bib": bib(each),
    }


def svjour(each: Manuscript) -> Files:
    people = " \\and ".join(tex(p.name) for p in each.people)
    places = " \\and\n".join(
        f"{tex(', '.join(p.name for p in each.people if n in p.places))} \\at {tex(text)}"
        for n, text in enumerate(each.places, 1)
    )
    head = f"\\title{{{tex(each.title)}}}\n\\author{{{people}}}\n\\institute{{{places}}}\n\\date{{Received: date}}"
    words = " \\and ".join(map(tex, each.keywords))
    after = "\\maketitle\n" + _abstract_tex(each) + (f"\\keywords{{{words}}}\n" if words else "")
    return {
        "paper.tex": _document("[smallextended]{svjour3}", head, after, _tex_body(each), BIB),
        "refs.bib": bib(each),
    }


def _html(each: Manuscript, head: str, before: str) -> Files:
    body = write([*printed(each.body), *references(each)], "html", "--mathml")
    text = f'<!DOCTYPE html>\n<html lang="{each.lang.lower()}"><head><meta charset="utf-8">{head}</head>'
    return {"paper.html": f"{text}<body>{before}{body}</body></html>".encode()}


def html_visible(each: Manuscript) -> Files:
    names = ", ".join(f"{escape(p.name)}<sup>{','.join(map(str, p.places))}</sup>" for p in each.people)
    places = "".join(f"<p><sup>{n}</sup> {escape(text)}</p>" for n, text in enumerate(each.places, 1))
    before = f"<h1>{escape(each.title)}</h1><p>{names}</p>{places}"
    if each.abstract:
        before += f"<h2>{each.labels[0]}</h2>" + "".join(f"<p>{escape(text)}</p>" for text in each.abstract)
    before += f"<p><b>{each.labels[1]}:</b> {escape(', '.join(each.keywords))}</p>" if each.keywords else ""
    return _html(each, f"<title>{escape(each.title)}</title>", before)


def html_citation(each: Manuscript) -> Files:
    tags = [("citation_title", each.title), ("citation_journal_title", JOURNAL),
            ("citation_publication_date", "2022/03/03"), ("citation_volume", "7"), ("citation_issue", "2"),
            ("citation_firstpage", "11"), ("citation_lastpage", "29"),
            ("citation_doi", "10.5555/quay.7")]  # fmt: skip
    for p in each.people:
        tags += [("citation_author", f"{p.family}, {p.given}")]
        tags += [("citation_author_institution", each.places[n - 1]) for n in p.places]
        tags += [("citation_author_orcid", f"https://orcid.org/{p.orcid}")] if p.orcid else []
    tags += [("citation_keywords", "; ".join(each.keywords))] if each.keywords else []
    head = "".join(f'<meta name="{name}" content="{escape(text)}">' for name, text in tags)
    abstract = f"<h2>{each.labels[0]}</h2>" + "".join(f"<p>{escape(text)}</p>" for text in each.abstract)
    before = f"<h1>{escape(each.title)}</h1>" + (abstract if each.abstract else "")
    return _html(each, head + f"<title>{escape(each.title)} | {JOURNAL}</title>", before)


def html_json(each: Manuscript) -> Files:
    data = {
        "@context": "https://schema.org", "@type": "ScholarlyArticle", "headline": each.title,
        "author": [
            {"@type": "Person", "givenName": p.given, "familyName": p.family, "name": p.name,
             "affiliation": [{"@type": "Organization", "name": each.places[n - 1]} for n in p.places],
             "identifier": f"https://orcid.org/{p.orcid}"} for p in each.people],
        "keywords": each.keywords, "datePublished": "2022-03-03", "abstract": "\n".join(each.abstract),
        "isPartOf": {"@type": "Periodical", "name": JOURNAL}, "sameAs": "https://doi.org/10.5555/quay.7",
    }  # fmt: skip
    return _html(
        each, f'<script type="application/ld+json">{json.dumps(data)}</script>', f"<h1>{escape(each.title)}</h1>"
    )


def _front(each: Manuscript, level: int = 1) -> Nodes:
    """Title, names with raised marks, places, abstract and keywords as blocks."""
    names: Nodes = []
    for p in each.people:
        names += ([{"t": "Str", "c": ","}, {"t": "Space"}] if names else []) + words_of(p.name)
        names += [{"t": "Superscript", "c": words_of(",".join(map(str, p.places)))}] if p.places else []
    blocks = [header(level, each.title), para(*names)]
    for n, text in enumerate(each.places, 1):
        blocks.append(para({"t": "Superscript", "c": words_of(str(n))}, {"t": "Space"}, *words_of(text)))
    if each.abstract:
        blocks += [header(level + 1, each.labels[0]), *(para(*words_of(text)) for text in each.abstract)]
    if each.keywords:
        blocks.append(
            para(
                {"t": "Strong", "c": words_of(each.labels[1] + ":")},
                {"t": "Space"},
                *words_of("; ".join(each.keywords)),
            )
        )
    return blocks


def epub(each: Manuscript) -> Files:
    tree = SHELL | {"blocks": [*_front(each), *printed(each.body), *references(each)],
                    "meta": {"title": {"t": "MetaInlines", "c": words_of(each.title)}}}  # fmt: skip
    return {"paper.epub": with_pictures(each, tree, "epub3", "--mathml")}


def with_pictures(each: Manuscript, tree: Node, writer: str, *options: str) -> bytes:
    """What pandoc makes of a tree whose pictures are to be within it."""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in each.pictures.items():
            Path(folder, name).parent.mkdir(exist_ok=True)
            Path(folder, name).write_bytes(data)
        command = [pandoc.executable(), "-f", "json", "-t", writer, "-o", "-", *options]
        return subprocess.run(
            command, input=json.dumps(tree).encode(), capture_output=True, cwd=folder, check=True
        ).stdout


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
    "md-joss": joss, "md-quarto": quarto, "md-myst": myst, "md-yaml": pandoc_yaml, "md-bare": bare_markdown,
    "tex-article": article_tex, "tex-authblk": authblk, "tex-revtex": revtex, "tex-ieee": ieee,
    "tex-elsarticle": elsarticle, "tex-llncs": llncs, "tex-acmart": acmart, "tex-svjour": svjour,
    "html-visible": html_visible, "html-citation": html_citation, "html-json": html_json, "epub": epub,
    "org": org, "org-bare": org_bare, "org-each": org_each, "rst": rst, "rst-scipy": rst_scipy,
    "typst": typst, "typst-bare": typst_bare,
}  # fmt: skip
