"""JATS and NLM files as sources: every version becomes Publishing 1.3, no word is lost, our own file stays as it is."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from lxml import etree

from pipeline import build, intake
from pipeline.elements import text_of
from pipeline.errors import SourceError
from pipeline.findings import Severity
from pipeline.journal import Profile, load_journal

CASES = sorted((Path(__file__).parent / "cases").iterdir())
STRUCTURE = sorted((Path(__file__).parent.parent / "structure" / "cases").glob("*/*.txt"))
ARTICLES = [path for path in STRUCTURE if path.name != "findings.txt"]
FEWEST = 8


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_version_becomes_publishing_1_3(case: Path, golden: Callable[[Path, bytes], None], dtd: etree.DTD) -> None:
    built = build.convert(case / "source.xml", Profile())
    golden(case / "article.xml", built.xml)
    said = [f"{finding.line or 0} {finding.severity} {finding.code} {finding.message}" for finding in built.findings]
    golden(case / "findings.txt", "".join(f"{line}\n" for line in said).encode())
    assert dtd.validate(etree.fromstring(built.xml))
    assert built.conservation is not None
    assert built.conservation.missing == []


def _again(xml: bytes, folder: Path, profile: Profile) -> bytes:
    path = folder / "again.xml"
    path.write_bytes(xml)
    return build.convert(path, profile).xml


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_was_upgraded_stays_as_it_is(case: Path, tmp_path: Path) -> None:
    made = build.convert(case / "source.xml", Profile()).xml
    assert _again(made, tmp_path, Profile()) == made


def test_our_own_file_stays_as_it_is(examples: Path, tmp_path: Path) -> None:
    profile = load_journal(examples / "journal.toml")
    found = 0
    for path in [*examples.glob("*.txt"), *ARTICLES]:
        try:
            made = build.convert(path, profile).xml
        except SourceError:
            continue
        assert _again(made, tmp_path, profile) == made, path
        found += 1
    assert found >= FEWEST


def test_our_own_files_of_the_corpus_stay_as_they_are(shared: Path, tmp_path: Path) -> None:
    corpus = shared / "corpus"
    sources = sorted(corpus.glob("fulltext/*.txt"))[::4] + sorted(corpus.glob("landing/*.txt"))[::5]
    for path in sources:
        made = build.convert(path, Profile()).xml
        assert _again(made, tmp_path, Profile()) == made, path


def test_other_publishers_lose_no_word_and_end_valid(shared: Path) -> None:
    files = sorted((shared / "corpus" / "fulltext").glob("*.xml"))
    assert files
    for path in files:
        built = build.convert(path, Profile())
        assert built.conservation is not None
        assert built.conservation.missing == [], path
        assert not [each for each in built.findings if each.severity is Severity.ERROR], path
        assert built.counts["citations_linked"] > 0, path


def _converted(tmp_path: Path, body: str, back: str = "", front: str = "") -> build.Built:
    path = tmp_path / "article.xml"
    path.write_text(
        '<article xmlns:xlink="http://www.w3.org/1999/xlink" xml:lang="en"><front><journal-meta>'
        "<journal-id>j</journal-id><issn>0000-0019</issn></journal-meta><article-meta><title-group>"
        f"<article-title>T</article-title></title-group>{front}</article-meta></front>"
        f"<body>{body}</body><back>{back}</back></article>",
        encoding="utf-8",
    )
    return build.convert(path, Profile())


REFERENCES = (
    "<ref-list>"
    "<ref id='r1'><mixed-citation>Arno P. Quays. Tides. 2001;3:4-9.</mixed-citation></ref>"
    "<ref id='r2'><mixed-citation>Moreau P. Salt. Tides. 2002;4:1-2.</mixed-citation></ref>"
    "</ref-list>"
)


def test_citations_that_are_no_links_become_links_as_the_others_are(tmp_path: Path) -> None:
    body = "<p>Seen [<xref ref-type='bibr' rid='r1'>1</xref>], and again [2]; a power is 10<sup>2</sup>.</p>"
    built = _converted(tmp_path, body, REFERENCES)
    xrefs = etree.fromstring(built.xml).findall(".//xref[@ref-type='bibr']")
    assert [(each.get("rid"), each.text) for each in xrefs] == [("r1", "1"), ("r2", "2")]
    assert (built.counts["citations_found"], built.counts["citations_linked"]) == (2, 2)


def test_numbers_set_high_are_left_alone_where_citations_are_links(tmp_path: Path) -> None:
    body = "<p>Seen<sup><xref ref-type='bibr' rid='r1'>1</xref></sup> in 10<sup>2</sup> cases [2].</p>"
    built = _converted(tmp_path, body, REFERENCES)
    assert len(etree.fromstring(built.xml).findall(".//xref")) == 1


def test_a_reference_is_tagged_and_its_string_and_italics_stay(tmp_path: Path) -> None:
    link = "<ext-link xlink:href='https://a.example'>here</ext-link>"
    string = f"Arno P. <italic>Quays of the north</italic>. Tides. 2001;3:4-9. {link}"
    back = f"<ref-list><ref id='r1'><mixed-citation>{string}</mixed-citation></ref></ref-list>"
    (citation,) = etree.fromstring(_converted(tmp_path, "<p>x</p>", back).xml).iter("mixed-citation")
    assert text_of(citation) == "Arno P. Quays of the north. Tides. 2001;3:4-9. here"
    assert citation.findtext("volume") == "3"
    assert "".join(each.text or "" for each in citation.iter("italic")) == "Quays of the north"
    assert citation.find("ext-link") is not None


def test_a_reference_given_in_parts_beside_is_left_alone(tmp_path: Path) -> None:
    back = (
        "<ref-list><ref id='r1'><mixed-citation>Arno P. Quays. Tides. 2001;3:4-9.</mixed-citation>"
        "<element-citation publication-type='journal'><source>Tides</source></element-citation></ref></ref-list>"
    )
    (citation,) = etree.fromstring(_converted(tmp_path, "<p>x</p>", back).xml).iter("mixed-citation")
    assert len(citation) == 0


def test_what_the_editor_says_of_a_jats_article_wins_and_the_rest_stays(tmp_path: Path) -> None:
    (tmp_path / "article.toml").write_text(
        'doi = "10.5555/x.1"\nvolume = "7"\nsection = "Notes"\n[dates]\nreceived = 2020-01-02\n'
        '[authors.1]\norcid = "0000-0002-1825-0097"\nemail = "a@example.org"\ncorresponding = true\n'
    )
    front = (
        "<contrib-group><contrib contrib-type='author'><name><surname>Arno</surname></name><degrees>PhD</degrees>"
        "</contrib></contrib-group><author-notes><fn><p>A note.</p></fn></author-notes>"
        "<pub-date><year>2020</year></pub-date><volume>6</volume><counts><page-count count='3'/></counts>"
    )
    built = _converted(tmp_path, "<p>x</p>", front=front)
    meta = etree.fromstring(built.xml).find("front/article-meta")
    assert meta is not None
    assert meta.findtext("article-id[@pub-id-type='doi']") == "10.5555/x.1"
    assert (meta.findtext("volume"), meta.findtext(".//subject")) == ("7", "Notes")
    assert meta.findtext("history/date[@date-type='received']/year") == "2020"
    contrib = meta.find("contrib-group/contrib")
    assert contrib is not None
    assert [each.tag for each in contrib] == ["contrib-id", "name", "degrees", "email"]
    assert contrib.get("corresp") == "yes"
    assert meta.find("author-notes/fn") is not None
    assert meta.find("counts/page-count") is not None
    assert not [each for each in built.findings if each.severity is Severity.ERROR]


def test_an_affiliation_of_a_jats_article_gets_its_ror_and_country(tmp_path: Path) -> None:
    (tmp_path / "article.toml").write_text('[affiliations.1]\nror = "https://ror.org/02mhbdp94"\ncountry = "NO"\n')
    front = (
        "<contrib-group><contrib contrib-type='author'><name><surname>Arno</surname></name></contrib></contrib-group>"
        "<aff id='a1'><label>1</label><institution>Quay University</institution>, Port Ellery</aff>"
    )
    aff = etree.fromstring(_converted(tmp_path, "<p>x</p>", front=front).xml).find(".//aff")
    assert aff is not None
    assert aff.findtext("institution-wrap/institution-id") == "https://ror.org/02mhbdp94"
    assert (aff.findtext("country"), aff.find("country").get("country")) == ("Norway", "NO")
    assert text_of(aff) == "1Quay Universityhttps://ror.org/02mhbdp94, Port Ellery, Norway"


def test_characters_by_name_and_comments_stay(tmp_path: Path) -> None:
    xml = _converted(tmp_path, "<p>caf&eacute; &lt; &alpha; <!-- kept --></p>").xml.decode()
    assert "<p>café &lt; α <!-- kept --></p>" in xml


DECLARED = "<!DOCTYPE article [<!ENTITY x 'y'>]>"
INCLUDED = "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='/etc/passwd'/>"
NAMED = "<!DOCTYPE article SYSTEM 'a.dtd'><article><body><p>&nosuchname;</p></body></article>"
SET = "<pmc-articleset><article><body/></article><article><body/></article></pmc-articleset>"


@pytest.mark.parametrize(
    ("text", "encoding", "message"),
    [
        (f"<?xml version='1.0'?>{DECLARED}<article/>", "utf-8", "declares entities"),
        (f"<?xml version='1.0' encoding='UTF-16'?>{DECLARED}<article/>", "utf-16", "declares entities"),
        (f"<article><body>{INCLUDED}</body></article>", "utf-8", "includes another file"),
        (NAMED, "utf-8", "is no known character"),
        ("<?xml version='1.0'?><book><body/></book>", "utf-8", "holds <book>"),
        (SET, "utf-8", "holds 2 articles"),
        ("<article/>", "utf-8", "neither front matter nor body"),
        ("<article><body><p>cut", "utf-8", "not well-formed"),
    ],
)
def test_hostile_or_other_xml_is_refused_in_one_line(
    text: str, encoding: str, message: str, tmp_path: Path, cli: Callable[..., Result]
) -> None:
    path = tmp_path / "a.xml"
    path.write_text(text, encoding=encoding)
    result = cli("convert", path, "-o", tmp_path / "out.xml")
    assert result.exit_code == 3
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "out.xml").exists()


def test_an_article_in_a_set_or_a_namespace_is_found(tmp_path: Path) -> None:
    path = tmp_path / "set.xml"
    path.write_text(
        "<pmc-articleset><article xmlns='https://jats.nlm.nih.gov/ns/archiving/1.3/'><front><article-meta>"
        "<title-group><article-title>T</article-title></title-group></article-meta></front>"
        "<body><p>x</p></body></article></pmc-articleset>"
    )
    assert etree.fromstring(build.convert(path, Profile()).xml).findtext(".//article-title") == "T"


def test_pictures_of_the_sources_folder_alone_go_beside_the_xml(tmp_path: Path, cli: Callable[..., Result]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "f1.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "secret.png").write_bytes(b"no")
    (folder / "a.xml").write_text(
        '<article xmlns:xlink="http://www.w3.org/1999/xlink"><front><article-meta><title-group><article-title>T'
        "</article-title></title-group></article-meta></front><body><fig><graphic xlink:href='f1'/></fig>"
        "<fig><graphic xlink:href='../secret.png'/></fig></body></article>"
    )
    assert cli("build", folder / "a.xml", "--out", tmp_path / "out", "--to", "xml").exit_code == 0
    made = sorted(path.name for path in (tmp_path / "out" / "a").iterdir())
    assert made == ["a.report.html", "a.report.json", "a.xml", "f1.png"]


def test_a_text_is_no_jats(tmp_path: Path) -> None:
    for text in ("An article about <article> tags", "<html><body><article>x</article></body></html>", ""):
        path = tmp_path / "a.txt"
        path.write_text(text)
        assert not intake.holds_jats(path)
    assert not intake.holds_jats(tmp_path / "absent.xml")
