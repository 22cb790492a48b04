"""One self-contained HTML file: no outside request, no script but one of its own, and a policy that says so."""

import base64
import hashlib
import re

from pipeline.article import Article
from pipeline.bibliography.richtext import FormattedBibliography
from pipeline.render import html_markup, metadata, pieces
from pipeline.render.citing import exports
from pipeline.render.document import Document
from pipeline.render.house import House
from pipeline.render.jats_ast import Image
from pipeline.render.templates import templates

PREVIEW = "preview.js"
STYLE_SPACE = re.compile(r"""("[^"]*"|'[^']*')|/\*.*?\*/|\s*([{};,])\s*|:\s+|\s+""", re.DOTALL)
EMPTY_HEAD = re.compile(r'<th((?: (?!scope)[a-z]+="[^"]*")*)(?: scope="[a-z]+")?>\s*</th>')  # it heads nothing
WRITER_OPTIONS = ("--mathml", "--syntax-highlighting=none")


def write(article: Article, document: Document, bibliography: FormattedBibliography, house: House) -> bytes:
    images = [*document.images, *logo_of(house)]
    return with_images(page(article, document, bibliography, house), images).encode()


def page(article: Article, document: Document, bibliography: FormattedBibliography, house: House) -> str:
    """The page of the house's `article.html`; the pictures in it are still known by their names."""
    from markupsafe import Markup

    adapted = html_markup.adapt(document)
    written = pieces.write(adapted.pieces, "html5", WRITER_OPTIONS, document.findings)
    written = {name: EMPTY_HEAD.sub(r"<td\1></td>", text) for name, text in written.items()}
    style = style_of(house, "article.css")
    script = script_of(house) if adapted.is_cited else ""
    logo = logo_of(house)
    template = templates(house).get_template("article.html")
    return template.render(
        **document.front,
        pieces={name: Markup(text) for name, text in written.items()},  # noqa: S704
        abstracts=document.abstracts,
        keywords=document.keywords,
        references_title=document.references_title,
        contents=document.contents,
        exports=exports(article),
        meta=metadata.meta_tags(article, document, bibliography),
        json_ld=Markup(metadata.json_ld(article, document)),  # noqa: S704
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        policy=policy(style, script),
        logo=logo[0].name if logo else "",
        house=house.settings,
    )


def logo_of(house: House) -> list[Image]:
    return [Image(f"media/logo{house.logo.suffix}", house.logo.data, house.logo.media_type)] if house.logo else []


def style_of(house: House, name: str) -> str:
    """A style sheet of the house, which is a template itself."""
    return compact(templates(house).get_template(name).render(house=house.settings))


def script_of(house: House) -> str:
    """The script of the previews, without its comments and indents."""
    lines = (line.strip() for line in house.read(PREVIEW).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def compact(style: str) -> str:
    """A style sheet without comments and needless white space; strings stay as they are."""

    def shorter(match: re.Match[str]) -> str:
        found = match.group()
        return match[1] or match[2] or (":" if found.startswith(":") else " " if found.isspace() else "")

    return STYLE_SPACE.sub(shorter, style).strip()


def policy(style: str, script: str = "") -> str:
    """Nothing may be fetched; the one style sheet and the one script are known by their hashes."""
    scripts = f" script-src {digest(script)};" if script else ""
    rest = "base-uri 'none'; form-action 'none'"
    return f"default-src 'none'; img-src data:; style-src {digest(style)};{scripts} {rest}"


def digest(text: str) -> str:
    """The source expression of inline text (Content Security Policy 3, 2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def with_images(text: str, images: list[Image]) -> str:
    for image in images:
        if f'src="{image.name}"' in text:
            data = base64.b64encode(image.data).decode()
            text = text.replace(f'src="{image.name}"', f'src="data:{image.media_type};base64,{data}"')
    return text
