"""Lines that say in which volume, number and year of which journal an article appeared."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from pipeline.structure.shapes import CAPITAL_START
from pipeline.structure.vocabulary import all_folded, alternatives, folded, load, word_set

YEAR = re.compile(r"(?<!\d)(?:1[6-9]|20)\d\d(?!\d)")
MASTHEAD = re.compile(
    r"(?P<journal>[^,;|()]{3,120}?)[\s,;|]+(?:vol\.?\s?)?(?P<volume>\d{1,4})\s?(?:\((?P<issue>[^()]{1,20})\)|[,.]\s?(?:n[.oº°]{0,3}|no\.|núm\.)\s?(?P<number>[\w/–-]{1,10}))?"
    r"(?:[,;:\s]\s?\(?(?P<year>(?:1[6-9]|20)\d\d)\)?)(?:[,;:]\s?(?P<pages>[\w–-]{1,24}))?\.?",
    re.IGNORECASE,
)
YEAR_FIRST = re.compile(
    r"(?P<journal>[^;|()]{3,120}?)[\s,;|.]+\(?(?P<year>(?:1[6-9]|20)\d\d)\)?[\s,;]+(?P<volume>\d{1,4})\s?(?:\((?P<issue>[^()]{1,20})\))?(?:\s?[,:]\s?(?P<pages>[\w–-]{1,24}))?\.?"
)
YEAR_IN_BRACKETS = re.compile(
    r"(?P<journal>[^,;|()]{3,120}?)[\s,]+(?:Bd\.\s|vol\.\s)?(?P<volume>\d{1,4})\s?\((?P<year>(?:1[6-9]|20)\d\d)\)"
    r"(?:,\s?(?:H\.|Heft|Nr\.|no\.|n\.)\s?(?P<issue>[\d/–-]{1,8}))?"
    r"(?:[,:]\s?(?:S\.|pp?\.|ss?\.)?\s?(?P<pages>[\w–-]{1,24}))?\.?",
    re.IGNORECASE,
)
PAGES = re.compile(
    r"(?:pp?\.?|págs?\.?|pages?|s\.|стр?\.|с\.|hal\.?|ss?\.|str\.?|صفحات|صفحه|ص\.?|页码?|쪽|頁)[\s:：]{0,3}(?P<first>[a-z]?\d{1,7})\s?[-–—]\s?(?P<last>[a-z]?\d{1,7})",
    re.IGNORECASE,
)
# `Volume 291, 12 July 2021, 123345`.
ARTICLE = re.compile(r"(?<=\d{4}), (?P<number>\d{4,7})$")
# `제27권 3호`, `58巻2号`: the number stands before its word.
# `Vëll. 14 Nr. 2 (2021)`: two words of any language, each before its number.
WORDED = re.compile(
    r"(?P<first>[^\W\d_][^\d,;:/()]{0,14}?)\s?(?P<volume>\d{1,4})[,;]?\s?"
    r"(?P<second>[^\W\d_][^\d,;:/()]{0,14}?|[№#])\s?(?P<issue>\d{1,4}(?:[-–/]\d{1,4})?),?\s?"
    r"\((?P<year>(?:1[6-9]|20)\d\d)\)(?:\s?:.{0,80})?"
)
LONGEST_WORD = 7
COUNTED = re.compile(r"\d{1,4}\s?[卷巻권]\s?[,，]?\s?(?:第|제)?\s?\d{1,4}\s?[期号호]")
VOLUME_COUNTED, ISSUE_COUNTED = re.compile(r"(?P<value>\d{1,4})"), re.compile(r"(?P<value>\d{1,4})(?=\s?[期号호]$)")
NUMBERED_END = re.compile(r"\d\s?(?:[^\W\d_]{1,8}\.?|№)$")
LONGEST = 220
LONGEST_FOOTER = 300
LEAST_STEPS = 3
MONTH_YEAR = re.compile(r"^[^\W\d_]{3,12}\.?(?:\s?[-–/]\s?[^\W\d_]{3,12}\.?)?\s(?P<year>(?:1[6-9]|20)\d\d)$")
# What parts the facts of a masthead on a site, and what follows them there.
BULLETS = re.compile(r"\s?[•·|]\s?")
ADDRESS = re.compile(r"(?:\s?[•·|,])?\s?(?:https?://\S+|\bdoi:\s?\S+)(?:\s+cop(?:y|iar|ier))?$", re.IGNORECASE)
ARROWS = ("→", "»", "›")
FILE = re.compile(r"\S{1,100}\.(?:pdf|docx?|epub|html?|xml)\s?\([\d.,]{1,10}\s?[KMG]?i?B\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Issue:
    """What an issue line says; `taken` are the strings of the line that say it."""

    volume: str = ""
    issue: str = ""
    year: str = ""
    journal: str = ""
    fpage: str = ""
    lpage: str = ""
    elocation: str = ""

    @property
    def taken(self) -> list[str]:
        return [
            value
            for value in (self.volume, self.issue, self.year, self.journal, self.fpage, self.lpage, self.elocation)
            if value
        ]


@cache
def _volume() -> re.Pattern[str]:
    words = alternatives(word_set("facts", "volume"))
    return re.compile(
        rf"(?<![^\W\d_])(?:{words})(?![^\W\d_])[.:]?\s*(?P<value>\d{{1,4}}|[IVXLC]{{1,7}}\b)|(?P<before>\d{{1,4}})\s?(?:卷|권|巻)(?!\s?\d)|호\.?\s?(?P<korean>\d{{1,4}})(?=,?\s번호)|第\s?(?P<ordinal>\d{{1,4}})\s?[卷巻]",
        re.IGNORECASE,
    )


@cache
def _issue() -> re.Pattern[str]:
    words = alternatives(word_set("facts", "issue"))
    return re.compile(
        rf"(?<![^\W\d_])(?!호\.?\s?\d+,?\s번호)(?:{words})(?![^\W\d_])[.:°º]{{0,2}}\s*(?P<value>(?:esp(?:ecial)?\.?|supl?\.?|suppl\.?)?\s?\d[\w./–-]{{0,14}}|(?:especial|special|esp\.?))|(?P<before>\d{{1,4}})\s?(?:期|호|号)(?!\.?\s?\d)|第\s?(?P<ordinal>\d{{1,4}})\s?[期号]",
        re.IGNORECASE,
    )


def read_issue(text: str) -> Issue | None:
    """The facts of an issue line; None where it is none."""
    if len(text) > LONGEST:
        return None
    if not text.isascii():
        text = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
    plain = ", ".join(_parts(ADDRESS.sub("", text).rstrip(" ;")))
    return _worded(plain) or _masthead(plain) or _labelled(text)


def is_issue_line(text: str) -> bool:
    """Whether a line says an issue, and is no law: `BRASIL. Lei nº 9.394, … 1996.`."""
    return read_issue(text) is not None and CAPITAL_START.match(text) is None


def _parts(text: str) -> list[str]:
    """The parts of a line between bullets without the kind of article; of a month with its year, the year."""
    parts = BULLETS.split(text)
    if len(parts) < LEAST_STEPS:
        return parts
    return [MONTH_YEAR.sub(r"\g<year>", part) for part in parts if article_type(part) is None]


def _worded(text: str) -> Issue | None:
    """Two words before two numbers, the first known to mean a volume or so short that it is no journal's name."""
    match = WORDED.fullmatch(text)
    if match is None:
        return None
    first, second = (match[name].rstrip(". ").casefold() for name in ("first", "second"))
    known = first in word_set("facts", "volume")
    if known and second.split()[0].rstrip(".") in word_set("facts", "issue"):
        return None
    if known or (len(first) <= LONGEST_WORD and ("." in match["first"] or second not in word_set("facts", "issue"))):
        return Issue(match["volume"], match["issue"], match["year"])
    return None


def _volume_of(text: str) -> re.Match[str] | None:
    """The volume; not the year that stands under a word such as `yıl` where another number follows."""
    found = list(_volume().finditer(text))
    return next((match for match in found if not YEAR.fullmatch(_value(match))), found[0] if found else None)


def _labelled(text: str) -> Issue | None:
    volume, issue, year = _volume_of(text), _issue().search(text), YEAR.search(text)
    if counted := COUNTED.search(text):
        volume, issue = VOLUME_COUNTED.search(counted.group()), ISSUE_COUNTED.search(counted.group())
    if not (volume or issue) or not (year or (volume and issue)):
        return None
    if len(text.split()) > 22:
        return None
    pages, article = PAGES.search(text), ARTICLE.search(text)
    number = _value(issue)
    first = counted.start() if counted else min(match.start() for match in (volume, issue) if match)
    return Issue(
        _value(volume), "" if year and number == year.group() else number.rstrip(".,"), year.group() if year else "",
        _journal_before(text[:first]), fpage=pages["first"] if pages else "", lpage=pages["last"] if pages else "",
        elocation=article["number"] if article and year and not pages else "",
    )  # fmt: skip


def _journal_before(text: str) -> str:
    """The name of a journal before its volume: two words, or one that is no name of a section."""
    name = _without_volume(YEAR.sub("", text).strip(" ,;:|•·–-()[]./").removesuffix(" 第").removesuffix(" 제"))
    if not name or not name[0].isalpha() or name[0].islower() or any(char.isdigit() for char in name[-3:]):
        return ""
    return name if article_type(name) is None and len(name) > 3 and "/" not in name else ""


def _without_volume(name: str) -> str:
    """The name of a journal without the word for its volume at the end."""
    return _volume_word().sub("", name)


@cache
def _volume_word() -> re.Pattern[str]:
    return re.compile(rf"[\s,]+(?:{alternatives(word_set('facts', 'volume'))})\.?$", re.IGNORECASE)


def _value(match: re.Match[str] | None) -> str:
    return next((value for value in match.groups() if value), "").strip() if match else ""


def _masthead(text: str) -> Issue | None:
    """`Journal 33(3), 2024, e282794`."""
    plain = text.strip()
    match = YEAR_IN_BRACKETS.fullmatch(plain) or MASTHEAD.fullmatch(plain) or YEAR_FIRST.fullmatch(plain)
    if match is None:
        return None
    first, _, last = re.sub(r"[–—]", "-", match["pages"] or "").partition("-")
    located = bool(last) or first.isdecimal()
    issue = match["issue"] or match.groupdict().get("number") or ""
    journal = _without_volume(match["journal"].strip(" ,;|–-"))
    if not _is_name(journal):
        return None
    return Issue(
        match["volume"], issue, match["year"], journal,
        first if located else "", last, "" if located else first,
    )  # fmt: skip


def _is_name(text: str) -> bool:
    """A journal's name begins with a letter and is no `Vol. 10 No.`."""
    named = text[:1].isalpha() and not _volume().search(text) and not _issue().search(text)
    named = named and not NUMBERED_END.search(text)
    named = named and article_type(text.strip(" –—-")) is None
    return (
        named
        and folded(text) not in word_set("facts", "volume") | word_set("facts", "issue")
        and sum(map(str.isalpha, text)) > 2
    )


@cache
def _breadcrumb() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(load('facts')['home'])})\s*[/>»›]", re.IGNORECASE)


def is_breadcrumb(text: str) -> bool:
    """`Home / Archives / Vol. 81 (2022) / Articles`; in a language unknown, some steps with an issue among them."""
    return _breadcrumb().match(text) is not None or _is_path(text)


def _is_path(text: str) -> bool:
    parts = breadcrumb_parts(text) if len(text) <= LONGEST else []
    return len(parts) >= LEAST_STEPS and any(read_issue(part) is not None for part in parts[1:])


def breadcrumb_parts(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"\s[/>»›]\s|[/>»›]$", text) if part.strip()]


@cache
def _folded(key: str) -> frozenset[str]:
    return frozenset(all_folded(load("facts")[key]))


def is_home(text: str) -> bool:
    return folded(text).strip("/ ") in _folded("home")


def is_archives(text: str) -> bool:
    return folded(text).strip("/ ") in _folded("archives")


@cache
def _footer() -> re.Pattern[str]:
    return re.compile(alternatives(load("facts")["footers"]), re.IGNORECASE)


def is_navigation(text: str) -> bool:
    """Two words of a site's menus and little else, or one alone; a step of a breadcrumb; the name of a file."""
    if text.startswith(ARROWS) or FILE.fullmatch(text) or (len(text) < LONGEST_FOOTER and _footer().match(text)):
        return True
    plain, menu = folded(text), _folded("navigation")
    if plain in menu or plain.rstrip(" /") in menu | _folded("home") | _folded("archives"):
        return True
    words = plain.split()
    known = sum(word in menu for word in words)
    return known >= 2 and known >= len(words) * 0.6


@cache
def _statistics() -> re.Pattern[str]:
    words = alternatives(load("facts")["statistics"])
    return re.compile(
        rf"(?:[^\W\d_]+[\s:]+){{0,3}}(?:{words})\s?[:：|]?\s?\d[\d.,]*(?:\W.*)?|cover image\b.*", re.IGNORECASE
    )


def is_statistics(text: str) -> bool:
    """`Abstract views: 532 / PDF downloads: 418`, and the name of a cover's picture."""
    return len(text) < LONGEST and _statistics().fullmatch(text) is not None


def article_type(text: str) -> str | None:
    """The JATS article type a line names; None where it names none."""
    plain = folded(text)
    if plain not in _folded("types"):
        return None
    for kind, words in load("facts")["article_types"].items():
        if plain in words:
            return str(kind)
    return "research-article"
