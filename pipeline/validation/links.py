"""What points out of the document: addresses, licences, media types, files."""

import mimetypes
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from pipeline.article import Element
from pipeline.elements import ALI, HREF, text_of
from pipeline.files import file_within
from pipeline.findings import Severity
from pipeline.validation.identifiers import Problem

ADDRESS = re.compile(r"(https?|ftp)://(?=[^\s/]+?\.\S)\S+|mailto:(?=\S+?@\S)\S+|#\S+")
CREATIVE_COMMONS = re.compile(
    r"https?://creativecommons\.org/(licenses/(by|by-sa|by-nd|by-nc|by-nc-sa|by-nc-nd)/[1-4]\.\d|publicdomain/(zero|mark)/1\.0)"
    r"(/[a-z-]+)*/?(deed\.[a-z]+|legalcode(\.[a-z]+)?)?"
)
MEDIA = {"application", "audio", "chemical", "font", "image", "message", "model", "multipart", "text", "video"}
FILES = ("graphic", "inline-graphic", "media", "supplementary-material", "inline-supplementary-material")
ELSEWHERE = ("#", "doi:", "info:")
PICTURES = ("", ".tif", ".tiff", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".eps")


def check_addresses(root: Element) -> Iterator[Problem]:
    for element in root.iter("ext-link", "uri", "self-uri"):
        href = element.get(HREF)
        if href is None or (element.get("ext-link-type") or "uri") not in ("uri", "url", "ftp", "http", "https"):
            continue
        if element.tag != "self-uri" and not ADDRESS.fullmatch(href):
            message = f"{href[:80]!r} is no address; write https://…, without white space"
            yield "bad-address", Severity.WARNING, message, element


def check_licenses(root: Element) -> Iterator[Problem]:
    for element in root.findall("front/article-meta/permissions/license"):
        reference = element.find(f".//{{{ALI}}}license_ref")
        for url in dict.fromkeys(filter(None, (element.get(HREF), text_of(reference).strip()))):
            if "creativecommons.org" in url and not CREATIVE_COMMONS.fullmatch(url):
                message = f"{url!r} is no licence of Creative Commons; write it as on its page, as …/licenses/by/4.0/"
                yield "bad-license", Severity.WARNING, message, element
            elif not ADDRESS.fullmatch(url):
                yield "bad-license", Severity.ERROR, f"{url[:80]!r} is no address of a licence", element


def check_media_types(root: Element) -> Iterator[Problem]:
    for element in root.iter(*FILES):
        kind, subtype = element.get("mimetype"), element.get("mime-subtype")
        if not kind:
            continue
        if kind not in MEDIA:
            yield (
                "bad-media-type",
                Severity.WARNING,
                f"mimetype={kind!r} is no kind of media; write one as image",
                element,
            )
            continue
        guessed = (mimetypes.guess_type(element.get(HREF) or "")[0] or "").partition("/")
        if guessed[0] and subtype and (kind, subtype) != (guessed[0], guessed[2]) and "image" in (kind, guessed[0]):
            message = f"{element.get(HREF)} is said to be {kind}/{subtype}; its name says {''.join(guessed)}"
            yield "bad-media-type", Severity.WARNING, message, element


def check_files(root: Element, folder: Path, media: Collection[str] = ()) -> Iterator[Problem]:
    """Every file that the document names stands in `folder`, where the document is, or among `media`."""
    for element, href in _named_files(root):
        if href not in media and find_file(folder, href) is None:
            message = f"{href} is not beside the XML; put it there, or correct its name"
            yield "no-file", Severity.WARNING, message, element


def files_of(root: Element, folder: Path) -> list[Path]:
    """The files within `folder` that the document names; of one that is not there, each name it may have."""
    files: list[Path] = []
    for _, href in _named_files(root):
        found = find_file(folder, href)
        absent = [] if found or ".." in Path(href).parts or Path(href).is_absolute() else PICTURES
        files += [found] if found else [folder / (href + ending) for ending in absent]
    return list(dict.fromkeys(files))


def _named_files(root: Element) -> Iterator[tuple[Element, str]]:
    for element in root.iter(*FILES):
        href = element.get(HREF) or ""
        if href and "://" not in href and not href.startswith(ELSEWHERE):
            yield element, href


def media_of(root: Element, folder: Path) -> dict[str, Path]:
    """The files within `folder` that the document names and that are there, under their names from there."""
    found = (find_file(folder, href) for _, href in _named_files(root))
    return {file.relative_to(folder.resolve()).as_posix(): file for file in found if file is not None}


def find_file(folder: Path, href: str) -> Path | None:
    """The file within `folder` that an `xlink:href` names, with or without its ending."""
    return file_within(folder, href, PICTURES)
