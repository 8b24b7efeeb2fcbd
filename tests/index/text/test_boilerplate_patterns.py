"""Each pattern finds a line of its kind and leaves a sentence of news alone."""

import pytest

from index.text import boilerplate_patterns as patterns

NEWS = [
    "The bridge in Norwick was closed on Monday, the mayor said.",
    "“Follow the money,” she told the court in May.",
    "He read the report and sent a letter to the ministry.",
    "A photo by the police shows two boats: one of them sank.",
]
LINES = [
    ("LABEL", "Read more: How the bridge was built"),
    ("GLUED_LABEL", "Who won:The final tally"),
    ("PLAYER_TEXT", "This video player is loading"),
    ("INSTRUCTION", "Follow us on Facebook"),
    ("NOTICE_START", "Additional reporting by Jane Roe."),
    ("NOTICE", "This story has been updated."),
    ("SLASH_CREDIT", "Jane Roe/Getty Images"),
    ("INNER_CREDIT", "The bridge in May. Roe/AFP"),
    ("VIA_CREDIT", "The bridge in May, Jane Roe via Getty"),
    ("CREDIT_START", "Courtesy of the museum"),
    ("ENCLOSED_CREDIT", "The bridge in May. (Photo: Jane Roe)"),
    ("POST_SIGNATURE", "The bridge is open — Jane Roe (@janeroe)"),
    ("CONTACT_ADDRESS", "Send tips to jane@example.com"),
    ("BYLINE", "By Jane Roe and John Doe"),
]


@pytest.mark.parametrize(("name", "line"), LINES)
def test_a_pattern_finds_its_line_and_no_news(name, line):
    pattern = getattr(patterns, name)
    assert pattern.search(line)
    assert not [sentence for sentence in NEWS if pattern.match(sentence)]


def test_a_notice_holds_one_of_its_words():
    assert "story" in patterns.NOTICE_WORDS
    assert all(word == word.lower() for word in patterns.NOTICE_WORDS)
