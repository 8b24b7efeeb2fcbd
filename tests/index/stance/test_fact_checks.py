from dataclasses import replace

import pytest

from index.stance.fact_checks import is_fact_check
from tests.index.conftest import BRIDGE


@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("Fact check: No, a bridge did not fall into the river", "https://example.com/1"),
        ("Photo of a fallen bridge is from a film | Fact-check", "https://example.com/2"),
        ("FACT FOCUS: What is said of the bridge", "https://example.com/3"),
        ("Reality Check: Did the bridge fall?", "https://example.com/4"),
        ("Did the bridge fall?", "https://www.snopes.com/fallen-bridge"),
        ("The bridge stands", "https://example.com/news/factcheck/2024/bridge"),
    ],
)
def test_a_fact_check_is_known_by_its_title_or_address(title, url):
    assert is_fact_check(replace(BRIDGE, title=title, url=url))


@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("The bridge is closed", "https://example.com/bridge"),
        ("In fact, checks on the bridge were late", "https://example.com/checks"),
        ("A reality show is filmed on the bridge", "https://example.com/snopes"),
    ],
)
def test_other_articles_are_none(title, url):
    assert not is_fact_check(replace(BRIDGE, title=title, url=url))
