"""The addresses a journal gives its articles and their files, by the patterns of journal.toml."""

from pipeline.article import Article


def address(pattern: str, article: Article, name: str) -> str:
    """`pattern` with the facts of the article in its places; empty where the article lacks one of them.

    The places are `{doi}`, `{name}` (of the article's file), `{volume}`, `{issue}` and `{page}`.
    """
    facts = {
        "doi": article.ids.get("doi", ""), "name": name, "volume": article.volume, "issue": article.issue,
        "page": article.fpage or article.elocation_id,
    }  # fmt: skip
    for key, value in facts.items():
        place = f"{{{key}}}"
        if place in pattern and not value:
            return ""
        pattern = pattern.replace(place, value)
    return pattern
