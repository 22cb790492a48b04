"""Licence and copyright lines."""

import re

from pipeline.structure.draft import Draft

ADDRESS = re.compile(r"https?://creativecommons\.org/(?:licenses|publicdomain)/[a-z-]{2,12}/\d\.\d(?:/[a-z]{2,3})?/?", re.IGNORECASE)
LICENSE = re.compile(
    r"creative\s?commons|\bCC[\s-]?(?:BY|0)\b|licens(?:ed|e) under|licen[cs]e:|is an open[- ]access article|bajo (?:una|la) licencia|sob (?:uma|a) licença|licenza|"
    r"lisensi|licencją|лицензи|ліцензі|lisans ile|知识共享|creativecommons|open access article distributed",
    re.IGNORECASE,
)
COPYRIGHT = re.compile(r"(?:copyright(?:\s?\([cC]\))?|\([cC]\)|©|Direitos autorais|Derechos de autor|Hak Cipta|Авторск\w+ прав\w*|Права)[\s,:©]*(?:\([cC]\)\s*)?(?P<year>(?:19|20)\d\d)?(?:\s?[-–]\s?\d{4})?[\s,.]*(?P<holder>[^.©]{0,300})", re.IGNORECASE)
NAMED = re.compile(r"(?:CC|Creative\s?Commons)[\s-]*(?:Attribution|Atribuição|Atribución|Attribution|Namensnennung|Attribuzione|Atribusi|«?Attribution»?)?[\s(«\"]*(?P<code>BY(?:-(?:NC|SA|ND)){0,2}|CC0|0)?[^\d]{0,60}(?P<version>\d\.\d)?", re.IGNORECASE)
CLAUSES = (
    (re.compile(r"non-?\s?commercial|não-?\s?comercial|no\s?comercial|pas d.utilisation commerciale|nicht.kommerziell|non commerciale|nonkomersial|некоммерческ", re.IGNORECASE), "nc"),
    (re.compile(r"no\s?-?deriv|sin\s?derivad|sem\s?deriva|pas de modif|keine bearb|non opere|tanpaturunan|без производных", re.IGNORECASE), "nd"),
    (re.compile(r"share-?\s?alike|compartir-?\s?igual|compartilha-?\s?igual|partage|weitergabe|condividi|berbagi-?\s?serupa", re.IGNORECASE), "sa"),
)
LONGEST = 1500
NEAR_START = 60


def is_license(text: str) -> bool:
    """A line that states a licence or a copyright, and little else."""
    if len(text) > LONGEST:
        return False
    copyright_line = COPYRIGHT.match(text)
    return (copyright_line is not None and (copyright_line["year"] is not None or len(text) < 120)) or (
        (match := LICENSE.search(text)) is not None and (match.start() < 250 and len(text) < 700)
    )


def read_licenses(draft: Draft) -> None:
    """Licence text and address, holder and year of the copyright."""
    permissions = draft.article.permissions
    texts = []
    for zone in draft.take("license"):
        draft.drop_label(zone)
        for block in zone.blocks:
            if not any(char.isalpha() for char in block.text):
                continue
            match = COPYRIGHT.match(block.text)
            if match and match["year"] and not permissions.statement and not LICENSE.search(block.text[: match.end("year")]):
                permissions.statement = block.text
                permissions.year = match["year"] or ""
                permissions.holder = match["holder"].strip(" ,;")
            else:
                texts.append(block.text)
    permissions.license_text = " ".join([permissions.license_text, *texts]).strip()
    if not permissions.license_url:
        permissions.license_url = license_address(permissions.license_text)


def license_address(text: str) -> str:
    """The address of the Creative Commons licence a text names; empty where it names none surely."""
    if address := ADDRESS.search(text):
        found = address.group().replace("http:", "https:").lower()
        return found if found.endswith("/") else found + "/"
    match = re.search(r"creative\s?commons|\bCC[\s-](?=BY|0)", text, re.IGNORECASE)
    version = re.search(r"(?<![\d.])[1-4]\.0(?!\d)", text)
    if match is None or version is None:
        return ""
    code = re.search(r"\bBY((?:-(?:NC|SA|ND)){0,2})\b", text)
    if code:
        return f"https://creativecommons.org/licenses/by{code[1].lower()}/{version.group()}/"
    if not re.search(r"attribution|atribui|atribuci|namensnennung|attribuzione|atribusi|атрибуци|with attribution", text, re.IGNORECASE):
        return ""
    clauses = [clause for pattern, clause in CLAUSES if pattern.search(text)]
    ordered = [clause for clause in ("nc", "nd", "sa") if clause in clauses]
    return f"https://creativecommons.org/licenses/{'-'.join(['by', *ordered])}/{version.group()}/"
