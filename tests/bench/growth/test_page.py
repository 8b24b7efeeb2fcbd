"""The page of growth says what was measured and simulated."""

from tests.bench.growth import page


def test_the_page_of_growth_says_what_was_measured():
    text = page.PAGE.read_text(encoding="utf-8")
    assert page.filled(text, *page.read()) == text
