"""`citation-label`: the short key of an item, as `Doe99` or `DoSm99`, where the data has none."""

from pipeline.bibliography.citeproc.items import Item

LETTERS = {1: 4, 2: 2, 3: 1, 4: 1}
"""How many letters of each family name, by number of names shown (at most four)."""


def of(item: Item) -> str:
    given = item.text("citation-label")
    if given:
        return given
    people = (item.names("author") or item.names("editor"))[:4]
    names = [(person.literal or person.family).replace(" ", "") for person in people]
    letters = "".join(name[: LETTERS[len(names)]] for name in names)
    if not letters:
        letters = "".join(word[:1] for word in item.text("title").split())[:4]
    date = item.date("issued")
    return letters + (f"{abs(date.begin.year) % 100:02}" if date and date.begin else "")
