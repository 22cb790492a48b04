"""The fonts of the PDF: Typst's own and those of installed font wheels, never the machine's."""

from functools import cache
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from pipeline.errors import MissingPart

CJK_FACES = {
    "ko": "Noto Sans CJK KR",
    "ja": "Noto Sans CJK JP",
    "zh": "Noto Sans CJK SC",
    "zh-cn": "Noto Sans CJK SC",
    "zh-hans": "Noto Sans CJK SC",
    "zh-tw": "Noto Sans CJK TC",
    "zh-hant": "Noto Sans CJK TC",
    "zh-hk": "Noto Sans CJK HK",
}
FURTHER = ("Noto Serif", "Amiri", "DejaVu Sans Mono", "New Computer Modern Math")
# Wheels for further scripts, by the first word of their letters' names in Unicode.
WHEELS = {
    "Bengali": "fontpkg-hind-siliguri", "Devanagari": "fontpkg-noto-sans-devanagari",
    "Khmer": "fontpkg-noto-sans-khmer", "Tamil": "fontpkg-noto-sans-tamil", "Telugu": "fontpkg-noto-sans-telugu",
    "Thai": "fontpkg-noto-sans-thai",
}  # fmt: skip
CJK_WHEEL = ("noto_cjk_sans_otc", "noto-cjk-sans-otc")


@cache
def folders() -> tuple[str, ...]:
    """The folders of the CJK wheel and of every installed font of fontpkg, in the order of their names.

    Raises MissingPart: the CJK fonts are not installed.
    """
    spec = find_spec(CJK_WHEEL[0])
    if spec is None or spec.origin is None:
        raise MissingPart(f"the CJK fonts are not installed; run: pip install {CJK_WHEEL[1]}")
    packages = {entry.value.partition(":")[0].partition(".")[0] for entry in entry_points(group="fontpkg.family")}
    found = [find_spec(package) for package in sorted(packages)]
    origins = [spec.origin, *(each.origin for each in found if each and each.origin)]
    return tuple(str(Path(origin).parent) for origin in origins)


def cjk_face(lang: str) -> str:
    """The face whose forms of the ideographs are those of `lang`; empty where they are of no language."""
    tag = lang.lower().replace("_", "-")
    return CJK_FACES.get(tag) or CJK_FACES.get(tag.split("-")[0], "")


def stack(families: list[str], lang: str) -> list[str | dict[str, str]]:
    """`families`, then a font for every script there is one for; ideographs in the forms of `lang`.

    In a language written in ideographs, quotation marks and the like are of its own font (`covers` of Typst).
    """
    first = cjk_face(lang)
    faces = [face for face in dict.fromkeys(CJK_FACES.values()) if face != first]
    others = [*FURTHER[:2], *([first] if first else []), *faces, *FURTHER[2:]]
    if first:
        return [*({"name": name, "covers": "latin-in-cjk"} for name in families), *others]
    return list(dict.fromkeys([*families, *others]))
