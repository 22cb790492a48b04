"""Changes are small, each another, and made where they are said to be."""

import ast
from pathlib import Path

from tests.mutate.changes import changes

SOURCE = """
NUMBER = 1

def first(a: int | None) -> int:
    if (
        a is not None
        and a < 3
    ):
        print(a)
        return a + 1
    return 0
"""


def test_each_change_is_one_of_the_function_and_another() -> None:
    made = list(changes(Path("x.py"), SOURCE))
    texts = [ast.unparse(change.applied(SOURCE)) for change in made]
    assert len(set(texts)) == len(made) == 10
    assert ast.unparse(ast.parse(SOURCE)) not in texts
    assert all("NUMBER = 1" in text and "a: int | None" in text for text in texts)
    assert {(change.line, change.last) for change in made} == {(5, 8), (9, 9), (10, 10), (11, 11)}
    assert len({change.key for change in made}) == len(made)


def test_the_order_by_chance_is_the_same_each_time() -> None:
    one, other = (
        sorted(changes(Path("x.py"), text), key=lambda each: each.rank(1)) for text in (SOURCE, "\n" + SOURCE)
    )
    assert [each.key for each in one] == [each.key for each in other]
