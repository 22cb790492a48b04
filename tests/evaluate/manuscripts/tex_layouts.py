"""Manuscripts in LaTeX of many classes."""

from collections.abc import Callable

from tests.evaluate.manuscripts.article import Manuscript
from tests.evaluate.manuscripts.written import TEX, Files, bib, keyed, printed, write


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


LAYOUTS: dict[str, Callable[[Manuscript], Files]] = {
    "tex-article": article_tex,
    "tex-authblk": authblk,
    "tex-revtex": revtex,
    "tex-ieee": ieee,
    "tex-elsarticle": elsarticle,
    "tex-llncs": llncs,
    "tex-acmart": acmart,
    "tex-svjour": svjour,
}
