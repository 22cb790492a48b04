"""One self-contained HTML file: no script, no outside request, a content security policy that says so."""

import base64
import hashlib

from pipeline.article import Article
from pipeline.bibliography.richtext import FormattedBibliography
from pipeline.render import html_markup, metadata, pieces
from pipeline.render.document import Document
from pipeline.render.house import House
from pipeline.render.jats_ast import Image

WRITER_OPTIONS = ("--mathml", "--syntax-highlighting=none")


def write(article: Article, document: Document, bibliography: FormattedBibliography, house: House) -> bytes:
    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from markupsafe import Markup

    written = pieces.write(html_markup.adapt(document), "html5", WRITER_OPTIONS, document.findings)
    environment = Environment(
        loader=FunctionLoader(house.read), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    style = environment.from_string(house.read("article.css")).render(house=house.settings).strip()
    page = environment.get_template("article.html").render(
        **document.front,
        pieces={name: Markup(with_images(text, document.images)) for name, text in written.items()},  # noqa: S704
        abstracts=document.abstracts,
        keywords=document.keywords,
        references_title=document.references_title,
        contents=document.contents,
        meta=metadata.meta_tags(article, document, bibliography),
        json_ld=Markup(metadata.json_ld(article, document)),  # noqa: S704
        style=Markup(style),  # noqa: S704
        policy=policy(style),
        house=house.settings,
    )
    return page.encode()


def policy(style: str) -> str:
    """Nothing may be fetched or run; the one style sheet is known by its hash."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def with_images(text: str, images: list[Image]) -> str:
    for image in images:
        if f'src="{image.name}"' in text:
            data = base64.b64encode(image.data).decode()
            text = text.replace(f'src="{image.name}"', f'src="data:{image.media_type};base64,{data}"')
    return text
