import pytest

from index.text.calendar_names import read_names


@pytest.mark.parametrize(
    ("words", "language", "named"),
    [
        (["wed", "nov"], "", (11, 2)),
        (["thurs", "sept"], "", (9, 3)),
        (["mar", "nov"], "fr", (11, 1)),
        (["mar"], "fr", (3, None)),
        (["samedi", "février"], "", (2, 5)),
        (["середа", "листопада"], "uk", (11, 2)),
        (["11th", "of", "may"], "en", None),
        (["of", "may"], "en", (5, None)),
        (["july", "nov"], "en", None),
        (["before", "nov"], "en", None),
        (["dezember"], "xx", None),
    ],
)
def test_words_name_month_and_weekday(words: list[str], language: str, named: tuple[int, int] | None) -> None:
    assert read_names(words, language, needs_month=True) == named


def test_languages_that_disagree_name_nothing() -> None:
    assert read_names(["listopad"], needs_month=True) is None
