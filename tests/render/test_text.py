"""The text that is read back from galleys: what a reader sees, each word whole."""

from pathlib import Path

import pytest

from pipeline.render import text_of, typst_process

PAGE = """#set page(width: 70pt, height: 260pt, margin: 6pt, header: [Running head], footer: [page foot])
#set text(size: 10pt, hyphenate: true, lang: "en", font: "Libertinus Serif")
#set document(title: "t")
"""


def read(tmp_path: Path, source: str) -> str:
    path = tmp_path / "main.typ"
    path.write_text(PAGE + source, encoding="utf-8")
    data, _ = typst_process.compile_pdf(path, tmp_path, ["a-2a"], 0)
    return " ".join(text_of(data, "pdf").split())


def test_words_parted_at_line_ends_are_whole(tmp_path: Path) -> None:
    text = read(tmp_path, "Transformations of extraordinary harbours understandably.")
    assert text == "Transformations of extraordinary harbours understandably."


def test_the_hyphen_of_an_author_stays_where_the_halves_stand_elsewhere(tmp_path: Path) -> None:
    text = read(tmp_path, "quays slow and late, slow-\\ \nlate and non-\\ \nslow, re-\\ \nused")
    assert text == "quays slow and late, slow-late and nonslow, reused"


def test_heads_and_feet_of_pages_are_no_text(tmp_path: Path) -> None:
    text = read(tmp_path, "One #pagebreak() two")
    assert text == "One two"


def test_what_stands_for_a_picture_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    text = read(tmp_path, 'Look #image("a.svg", alt: "A quay, é") #image("a.svg", alt: "x") there.')
    assert text == "Look there. A quay, é x"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>a</p><p>b<b>c</b>d</p>", "a bcd"),
        ("<p>a<br>b</p><ul><li>c<li>d</ul>", "a b c d"),
        ('<nav>no</nav><p>a<a role="doc-backlink">no</a>b</p><div class="cite-as x">no</div>', "ab"),
        ('<p>a <img alt="b"> c<svg role="img" aria-label="d">e</svg></p><script>no</script><!-- no -->', "a b cd"),
        ("<table><tr><td>a<td>b</table>", "a b"),
    ],
)
def test_text_of_a_page(body: str, text: str) -> None:
    page = f"<html><head><title>no</title></head><body>{body}</body></html>"
    assert " ".join(text_of(page.encode(), "html").split()) == text
