"""Changes are small, each another, and made where they are said to be."""

import ast
from pathlib import Path

import pytest

from tests.mutate.changes import changes
from tests.mutate.reach import Reach

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


@pytest.mark.parametrize(
    ("returned", "now"),
    [
        ("False", "True"),
        ("True", "False"),
        ("''", "'?'"),
        ("'x'", "''"),
        ("None", None),
        ("[a]", "None"),
        ("...", None),
    ],
)
def test_a_return_is_of_something_else_for_one_who_asks_whether_it_is_true(returned: str, now: str | None) -> None:
    source = f"def first(a):\n    return {returned}\n"
    made = [ast.unparse(change.applied(source)) for change in changes(Path("x.py"), source)]
    assert made == ([] if now is None else [f"def first(a):\n    return {now}"])


def test_a_line_that_is_run_as_its_module_loads_is_tried_on_all_tests_of_the_module() -> None:
    reach = Reach(
        {"x.py": {"1": [], "2": ["a::one"], "3": ["tests/x::two", "a::one"]}}, {"a::one": 1, "tests/x::two": 2}
    )
    assert reach.tests(Path("x.py"), range(2, 3), []) == ["a::one"]
    assert reach.tests(Path("x.py"), range(1, 2), ["tests/x"]) == ["tests/x::two", "a::one"]
    assert reach.tests(Path("x.py"), range(4, 9), []) == []
