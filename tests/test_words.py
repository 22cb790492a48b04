"""What counts as a word: the numbers of the report are true only where this is."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.words import rest, words

TEXTS = st.text(st.characters(codec="utf-8"), max_size=60)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Water rose by 3 cm", ["water", "rose", "by", "3", "cm"]),
        ("contentSkip to main", ["content", "skip", "to", "main"]),
        ("Maré Alta, não há", ["maré", "alta", "não", "há"]),
        ("innovaciónResumen", ["innovación", "resumen"]),
        ("DOI 10.5555/ABC007", ["doi", "10", "5555", "abc", "7"]),
        ("000 007", ["0", "7"]),
        ("Smith1 x2y", ["smith", "1", "x", "2", "y"]),
        ("港の図", ["港", "の", "図"]),
        ("서울 A대", ["서", "울", "a", "대"]),
        ("ﬁsh Ｗｉｄｅ", ["fish", "wide"]),
        ("STRASSE Straße", ["strasse", "strasse"]),
        ("٢٠١٩", ["٢٠١٩"]),
        ("don't well-known _x_", ["don", "t", "well", "known", "x"]),
        ("", []), (" .,;", []),
    ],
)  # fmt: skip
def test_words(text: str, found: list[str]) -> None:
    assert list(words(text)) == found


@given(TEXTS, TEXTS)
def test_texts_apart_have_the_words_of_both(one: str, other: str) -> None:
    assert words(f"{one} {other}") == words(one) + words(other)


@given(TEXTS)
def test_every_letter_and_digit_is_in_a_word(text: str) -> None:
    assert bool(words(text)) is any(char.isalnum() for char in unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize(
    ("text", "taken", "left"),
    [
        ("Silva, A. (2019). Quays.", ["2019"], "Silva, A. Quays."),
        ("one two two three", ["two"], "one two three"),
        ("one two two", ["two two", "one"], ""),
        ("10.5555/abc here", ["10.5555/abc"], "here"),
        ("10.5555/abc", ["5555"], "10.5555/abc"),
        ("twice twice-told", ["twice"], "twice-told"),
        ("– ; .", [], ""),
        ("word –", ["word"], ""),
    ],
)
def test_rest(text: str, taken: list[str], left: str) -> None:
    assert rest(text, taken) == left


def test_mathematical_letters_count_one_by_one() -> None:
    assert list(words("𝝁𝒙𝒚 = 𝑎12")) == ["μ", "x", "y", "a", "12"]
