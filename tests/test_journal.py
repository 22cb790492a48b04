"""`journal.toml` and `NAME.toml`: what they say, and what is said when they say it wrongly."""

import json
from pathlib import Path

import pytest

from pipeline import resources
from pipeline.article import Date, Journal
from pipeline.errors import UsageError
from pipeline.journal import AuthorFacts, License, Limits, Overrides, Profile, load_journal, load_overrides


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_profile_is_empty() -> None:
    assert load_journal(None) == Profile()
    assert Profile().citation_style == ""
    assert Profile().template == "default"


def test_an_empty_file_is_a_valid_profile(tmp_path: Path) -> None:
    path = write(tmp_path / "journal.toml", "")
    assert load_journal(path) == Profile(path=path)


def test_the_example_says_everything(examples: Path) -> None:
    profile = load_journal(examples / "journal.toml")
    schema = json.loads(resources.schemas("journal.schema.json").read_text())
    text = (examples / "journal.toml").read_text()
    assert all(f"{key} = " in text or f"[{key}]" in text for key in schema["properties"])
    assert profile.journal == Journal(
        title="Journal of Coastal Societies",
        abbreviation="J. Coast. Soc.",
        id="jcs",
        issns={"electronic": "0000-0019", "print": "0000-0027"},
        publisher="Harbour University Press",
        publisher_location="Port Ellery",
    )
    assert profile.doi_prefix == "10.5555"
    assert profile.license.url == "https://creativecommons.org/licenses/by/4.0/"
    assert profile.limits == Limits(20_000_000, 1_000_000, 100_000, 120, 1000)


def test_a_byte_order_mark_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "journal.toml"
    path.write_bytes(b'\xef\xbb\xbftitle = "Fjord"\n')
    assert load_journal(path).journal.title == "Fjord"


def test_paths_are_meant_from_the_file_and_names_are_left(tmp_path: Path) -> None:
    profile = load_journal(write(tmp_path / "journal.toml", 'citation_style = "our.csl"\ntemplate = "looks/ours"\n'))
    assert profile.citation_style == str(tmp_path.resolve() / "our.csl")
    assert profile.template == str(tmp_path.resolve() / "looks" / "ours")
    profile = load_journal(write(tmp_path / "journal.toml", 'citation_style = "vancouver"\ntemplate = "default"\n'))
    assert (profile.citation_style, profile.template) == ("vancouver", "default")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('titel = "X"', "unknown key titel; did you mean title?"),
        ("[licence]", "unknown key licence; did you mean license?"),
        ('[issn]\nonline = "0000-0019"', "unknown key issn.online; known here: electronic, print"),
        ('[issn]\nprint = "0000-001"', 'issn.print: expected an ISSN such as "1234-5679", not "0000-001"'),
        ("title = 3", "title: expected the journal's title, not 3"),
        ('doi_prefix = "https://doi.org/10.5555"', 'doi_prefix: expected a DOI prefix such as "10.5555"'),
        ('license = "CC BY"', 'license: expected a table with name, url and text, not "CC BY"'),
        ('[license]\nurl = "javascript:alert(1)"', "license.url: expected the licence's http(s) address"),
        ("[limits]\nsource_bytes = 0", "limits.source_bytes: expected a number of bytes above 0, not 0"),
        ('[look]\naccent = "blue"', 'look.accent: expected a colour such as "#1f4e6b", not "blue"'),
        ('[look]\npaper = "a5"', 'look.paper: expected "a4" or "us-letter", not "a5"'),
        ("title = ", "not valid TOML"),
    ],
)
def test_a_mistake_is_one_line_with_file_key_and_what_is_expected(text: str, said: str, tmp_path: Path) -> None:
    path = write(tmp_path / "journal.toml", text)
    with pytest.raises(UsageError) as caught:
        load_journal(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "cannot be read"), (b'title = "\xff"', "not UTF-8"), (b"#" * 1_000_001, "over 1,000,000")],
)
def test_an_unreadable_file_is_one_line(content: bytes | None, said: str, tmp_path: Path) -> None:
    path = tmp_path / "journal.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match=said):
        load_journal(path)


@pytest.mark.parametrize(
    ("holder", "expected"),
    [("authors", "Ana Bo, Cy Du"), ("journal", "Fjord"), ("publisher", "Press"), ("A Society", "A Society")],
)
def test_whose_copyright_an_article_is(holder: str, expected: str) -> None:
    profile = Profile(journal=Journal(title="Fjord", publisher="Press"), copyright_holder=holder)
    permissions = profile.permissions(["Ana Bo", "Cy Du"], "2021")
    assert (permissions.holder, permissions.statement) == (expected, f"© 2021 {expected}")
    assert profile.permissions(["Ana Bo", "Cy Du"], "").statement == f"© {expected}"


def test_which_files_decide_the_look(tmp_path: Path) -> None:
    path = write(tmp_path / "journal.toml", 'citation_style = "our.csl"\ntemplate = "./look"\n')
    style, other = write(tmp_path / "our.csl", ""), write(tmp_path / "other.csl", "")
    (tmp_path / "look" / "parts").mkdir(parents=True)
    looks = [write(tmp_path / "look" / "house.toml", ""), write(tmp_path / "look" / "parts" / "page.html", "")]
    assert load_journal(path).files() == [path, style, *looks]
    assert load_journal(path).files(str(other)) == [path, other, *looks]
    assert load_journal(path).files("vancouver") == [path, *looks]
    assert resources.styles("default", "house.toml") in Profile().files()


def test_nothing_is_stated_that_the_journal_does_not_state() -> None:
    permissions = Profile(license=License(name="CC0")).permissions(["Ana Bo"], "2021")
    assert (permissions.statement, permissions.holder, permissions.year) == ("", "", "")
    assert permissions.license_text == "CC0"


def test_without_a_file_nothing_is_overridden(tmp_path: Path) -> None:
    assert load_overrides(tmp_path / "article.txt") == Overrides()


def test_what_an_editor_says_of_an_article(tmp_path: Path) -> None:
    path = write(
        tmp_path / "article.toml",
        """
        title = "On Fjords"
        volume = 17
        issue = "S1"
        pages = "101–129"
        doi = "10.5555/jf.17.101"
        [dates]
        published = 2021-05-31
        revised = "2021-02"
        received = 2020
        [authors.2]
        orcid = "https://orcid.org/0000-0002-1825-0097"
        [authors."Ana Bo"]
        corresponding = true
        [references]
        12 = { title = "Right" }
        """,
    )
    assert load_overrides(tmp_path / "article.txt") == Overrides(
        path=path,
        title="On Fjords",
        volume="17",
        issue="S1",
        fpage="101",
        lpage="129",
        doi="10.5555/jf.17.101",
        dates=(Date("pub", 2021, 5, 31), Date("rev-recd", 2021, 2), Date("received", 2020)),
        authors={"2": AuthorFacts(orcid="0000-0002-1825-0097"), "Ana Bo": AuthorFacts(corresponding=True)},
        references={"12": {"title": "Right"}},
    )


@pytest.mark.parametrize(("pages", "expected"), [('"e12"', ("e12", "")), ("7", ("7", "")), ('"S1 - S9"', ("S1", "S9"))])
def test_pages_as_editors_write_them(pages: str, expected: tuple[str, str], tmp_path: Path) -> None:
    write(tmp_path / "article.toml", f"pages = {pages}")
    overrides = load_overrides(tmp_path / "article.txt")
    assert (overrides.fpage, overrides.lpage) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("volumn = 1", "unknown key volumn; did you mean volume?"),
        ('[dates]\npublished = "31.5.2021"', "dates.published: expected a date such as 2021-05-31"),
        ('[dates]\npublished = "2021-02-30"', "dates.published: there is no day 2021-02-30"),
        ('[authors.1]\norcid = "1825-0097"', "authors.1.orcid: expected an ORCID such as"),
        ('[authors.1]\nmail = "a@example.org"', "unknown key authors.1.mail; did you mean email?"),
        ('doi = "doi:10.5555/x"', "doi: expected a DOI such as"),
        ('pages = "1-2-3"', "pages: expected pages such as"),
    ],
)
def test_a_mistake_in_an_override_is_one_line(text: str, said: str, tmp_path: Path) -> None:
    path = write(tmp_path / "article.toml", text)
    with pytest.raises(UsageError) as caught:
        load_overrides(tmp_path / "article.txt")
    assert str(caught.value).startswith(f"{path}: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("schema", ["journal.schema.json", "article.schema.json"])
def test_every_key_is_documented(schema: str, checkout: Path) -> None:
    text = (checkout / "docs" / "journal.md").read_text()
    properties = json.loads(resources.schemas(schema).read_text())["properties"]
    for key, definition in properties.items():
        assert f"`{key}`" in text or f"`[{key}" in text
        assert all(f"`{inner}`" in text for inner in definition.get("properties", {}))


def test_archives_of_a_journal_are_a_tuple_whether_it_names_some_or_none(tmp_path: Path) -> None:
    path = tmp_path / "journal.toml"
    for text, archives in (('[deposit]\narchives = ["CLOCKSS", "Portico"]', ("CLOCKSS", "Portico")), ("[deposit]", ())):
        path.write_text(f'title = "J"\n{text}\n', encoding="utf-8")
        assert load_journal(path).deposit.archives == archives
