"""Which language a text is in: by its script, by its commonest words, by letters that one language alone has."""

import pytest

from pipeline import language


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("", None), ("Only Latin", None), ("é à ü", None), ("12 34 — …", None),
        ("한국어 논문", "ko"), ("日本語の論文", "ja"),
        ("中文論文", "zh"), ("カ中中中", "ja"), ("カタ中", "ja"), ("Русский", "ru"), ("Text и", None),
        ("Ποσειδῶν", "el"),
        ("ab αβ", None), ("ab αβγ", "el"), ("שלום", "he"), ("مرحبا", "ar"), ("12 ไทย", "th"),
    ],
)  # fmt: skip
def test_by_script(text: str, tag: str | None) -> None:
    assert language.script_language(text) == tag
    assert language.distinct_script_language(text) == (None if tag in ("ru", "ar") else tag)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("The tides of the sea and the ports that were on it", "en"),
        ("Os portos do norte e as marés que não são de todos", "pt"),
        ("Les ports du nord et les marées qui ne sont pas dans la mer", "fr"),
        ("the of", None),
        ("harbour " * 60 + "the of and", None),
        ("Тиждень і її море", "uk"),
        ("Порты и море на севере", "ru"),
        ("日本語 the of and in to is", "en"),
        ("日本語の論文 the of", "ja"),
        ("Łódź", "pl"),
        ("Łódź " + "a" * 300, None),
        ("ığ łą", None),
        ("Kalundborg", None),
    ],
)
def test_of_running_text(text: str, tag: str | None) -> None:
    assert language.detect(text) == tag
    assert language.detect(text, "xx") == (tag or "xx")


def test_only_the_beginning_of_a_text_is_looked_at() -> None:
    assert language.detect("z" * language.SAMPLE + " the of and in to is") is None


@pytest.mark.parametrize(
    ("text", "tag"),
    [("of the sea", "en"), ("du port", None), ("das Meer und ein Hafen", "de"), ("qwx", None), ("", None)],
)
def test_of_a_few_words(text: str, tag: str | None) -> None:
    assert language.likeliest(text) == tag


@pytest.mark.parametrize(
    ("text", "tag"),
    [("plain", None), ("ş" + "a" * 49, "tr"), ("ş" + "a" * 50, None), ("şł", None), ("é", None), ("ŞŞ", "tr")],
)
def test_by_letters(text: str, tag: str | None) -> None:
    assert language.by_letters(text) == tag
