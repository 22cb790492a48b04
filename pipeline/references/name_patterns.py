"""Patterns of names, the parts of a name as groups `family` and `given`."""

import re

_LOWER = "a-zß-öø-ÿά-ώа-џ"
_CAPITAL = rf"[^\W\d_{_LOWER}]"
_STOPPED = rf"{_CAPITAL}\.(?:[\s‐-]?{_CAPITAL}\.)*"
INITIAL = rf"{_CAPITAL}(?:h|u|g|z|ie)?"
INITIALS = re.compile(rf"{INITIAL}\b(?:[\s\-‐‑.’']*+{INITIAL}\b)*\.{{0,2}}")
DOTTED = re.compile(rf"(?:{INITIAL}\.[-‐]?)+")
PLAIN = re.compile(
    rf"(?P<given>{_STOPPED})\s?(?P<family>{_CAPITAL}\w*[{_LOWER}]\w*)"
    rf"|(?P<before>{_CAPITAL}\w*[{_LOWER}]\w*)\s(?P<after>{_CAPITAL}{{1,3}})"
)
_PARTICLE = "(?:van|von|der|den|de|del|della|di|da|do|dos|du|la|le|ten|ter|zu|zur|el|al|bin)"
_PARTICLES, _PARTICLES_BEHIND = rf"(?:{_PARTICLE}\s)*", rf"(?:\s{_PARTICLE}\b)*"
_HYPHENATED = rf"(?:[-‐]{_CAPITAL}\w+)?"
_FAMILY = rf"(?P<family>{_PARTICLES}{_CAPITAL}[\w'’]*[{_LOWER}]\w*{_HYPHENATED})"
_FAMILY_BEFORE_COMMA = rf"(?P<family>{_PARTICLES}{_CAPITAL}[\w'’]+{_HYPHENATED})"
_GIVEN, _GIVEN_BEHIND = rf"(?P<given>{_STOPPED})", rf"(?P<given>{_STOPPED}{_PARTICLES_BEHIND})"
_END = r"(?:,?\s(?:&|and|et|und|y|e)\s|[,;]\s|[\s.,;]*\Z)"
# Orders that say by themselves where a name ends; a group in one of them needs no further look.
REGULAR = (
    re.compile(rf"{_FAMILY_BEFORE_COMMA},\s?{_GIVEN_BEHIND}{_END}"),
    re.compile(rf"{_FAMILY}\s{_GIVEN_BEHIND}{_END}"),
    re.compile(rf"{_FAMILY}\s(?P<given>{_CAPITAL}{{1,3}}{_PARTICLES_BEHIND}){_END}"),
    re.compile(rf"{_GIVEN}\s?{_FAMILY}{_END}"),
)
ALONE = re.compile(
    rf"(?P<family>{_PARTICLES}{_CAPITAL}[\w'’]+{_HYPHENATED}),"
    rf"\s(?P<given>{_CAPITAL}[\w’']+(?:[-\s](?!And\b){_CAPITAL}(?:\w+|\b\.?)){{0,2}})[\s.,;]*"
)
STATES = frozenset({"U.S.", "U.K.", "U.N.", "E.U."})
RUN = re.compile(r"[^\W\d_a-z]{1,4}(?:[-‐][^\W\d_a-z]{1,2})?")
UNBROKEN = re.compile(r"[^\s,()]+")
LETTER = re.compile(r"[^\W\d_]")
SEPARATORS = re.compile(
    r"\s*(?:[;；、·•|]|(?<=[\u3400-\u9fff])・(?=[\u3400-\u9fff])|\s/\s|\s[–—]\s|\.\s(?=[^\W\d_a-z]{3,},)|(?<=\w\w)\s?[-–]\s?(?=(?:[^\W\d_a-z]\.\s?)+[^\W\d_]{2}))\s*|\s*[,，]\s*"
)
HANGUL = re.compile(r"[\uac00-\ud7a3]{2,}")
HANGUL_BODY = re.compile(r".{2,}[부청처]|.{3,}(?:회|원|사|단|행|소|터|국|당)|.{5,}")
SPANISH = re.compile(r"[áéíóúñÁÉÍÓÚÑ]|[a-z]ez$")
KANA = re.compile(r"[\u3040-\u30ff]")
HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]{2,6}")
