"""The bundled sample: enough, varied, clearly invented outlets, and the stories the demonstration needs."""

import json
from collections import Counter, defaultdict
from datetime import UTC, datetime
from importlib.resources import files
from itertools import combinations
from urllib.parse import urlsplit

import pytest

FIELDS = {"url", "outlet", "title", "author", "published", "text"}
OUTLETS = {"Sample Wire", "The Sample Post", "Sample Courier", "Sample Evening News"}
HOSTS = {"wire.example.com", "post.example.com", "courier.example.com", "evening.example.com"}
FURNITURE = ("Leave feedback about this", "Share this article", "cookies", "Read more", "Advertisement")


def when(article):
    moment = datetime.fromisoformat(article["published"])
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def triples(article):
    words = article["text"].split()
    return set(zip(words, words[1:], words[2:], strict=False))


def likeness(one, other):
    """Give the share of word triples that two articles have in common (Jaccard), 0 to 1."""
    first, second = triples(one), triples(other)
    return len(first & second) / len(first | second)


@pytest.fixture(scope="module")
def sample():
    text = files("index").joinpath("sample/articles.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(scope="module")
def about(sample):
    """Find the articles whose title or text holds all the words."""

    def find(*words):
        return [a for a in sample if all(word in f"{a['title']}\n{a['text']}" for word in words)]

    return find


def test_there_are_enough_articles_with_the_fields_of_the_import_format(sample):
    assert len(sample) >= 18
    assert all(set(article) == FIELDS for article in sample)


def test_every_field_is_text_and_only_the_author_may_be_missing(sample):
    for article in sample:
        assert all(isinstance(article[name], str) and article[name] for name in FIELDS - {"author"})
        assert article["author"] is None or article["author"].strip()


def test_outlets_are_the_invented_ones_and_each_keeps_to_its_own_host(sample):
    hosts = defaultdict(set)
    for article in sample:
        address = urlsplit(article["url"])
        assert address.scheme == "https"
        hosts[article["outlet"]].add(address.hostname)
    assert set(hosts) == OUTLETS
    assert all(len(found) == 1 for found in hosts.values())
    assert set.union(*hosts.values()) == HOSTS


def test_each_outlet_has_several_articles(sample):
    counts = Counter(article["outlet"] for article in sample)
    assert min(counts.values()) >= 4


def test_addresses_titles_and_texts_are_unique(sample):
    for name in ("url", "title", "text"):
        assert len({article[name] for article in sample}) == len(sample)


def test_dates_can_be_read_and_lie_in_the_years_told_of(sample):
    assert {when(article).year for article in sample} == {2024, 2025}


def test_some_dates_are_days_and_some_are_moments(sample):
    assert {len(article["published"]) for article in sample} == {
        len("2024-11-12"),
        len("2024-11-11T10:40:00Z"),
    }


def test_texts_are_short_paragraphs_parted_by_newlines(sample):
    for article in sample:
        paragraphs = article["text"].split("\n")
        assert 90 <= len(article["text"].split()) <= 220, article["title"]
        assert len(paragraphs) >= 4
        assert all(paragraph == paragraph.strip() and paragraph for paragraph in paragraphs)


def test_texts_hold_no_invisible_characters(sample):
    for article in sample:
        assert all(c.isprintable() or c == "\n" for c in article["title"] + article["text"])


def test_the_reported_call_is_told_by_three_outlets_from_all_sides(about):
    call = about("Trump", "Putin", "The Washington Post")
    assert len({article["outlet"] for article in call}) >= 3
    text = "\n".join(article["text"] for article in call)
    for words in ("not to escalate", "Dmitry Peskov", "pure fiction", "Steven Cheung", "declined to comment"):
        assert words in text
    assert "foreign ministry said it had not been informed" in text
    assert {when(article).date().isoformat() for article in call} == {
        "2024-11-10",
        "2024-11-11",
        "2024-11-12",
    }


def test_another_dispute_has_both_sides(about):
    vote = about("Maduro", "Venezuela")
    assert len({article["outlet"] for article in vote}) >= 2
    text = "\n".join(article["text"] for article in vote)
    assert "denied that Maduro had won" in text
    assert "Maduro denied any fraud" in text


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        (("Los Angeles", "Palisades"), ["five", "ten", "Sixteen", "24"]),
        (("Myanmar", "earthquake"), ["144 people", "1,644", "2,056"]),
    ],
)
def test_a_story_changes_from_day_to_day(about, words, figures):
    days = sorted(about(*words), key=when)
    assert len(days) == len(figures) >= 3
    assert len({when(article).date() for article in days}) == len(days)
    assert all(figure in article["text"] for article, figure in zip(days, figures, strict=True))
    assert all(likeness(one, other) < 0.2 for one, other in combinations(days, 2))


def test_one_wire_text_is_carried_by_two_outlets_and_nothing_else_is_copied(sample):
    copies = [pair for pair in combinations(sample, 2) if likeness(*pair) > 0.2]
    assert len(copies) == 1
    one, other = copies[0]
    assert one["outlet"] != other["outlet"]
    assert one["url"] != other["url"]
    assert one["title"] != other["title"]
    assert one["text"] != other["text"]
    assert likeness(one, other) > 0.7


def test_one_page_has_furniture_around_its_text(sample):
    pages = [a for a in sample if all(words in a["text"] for words in FURNITURE)]
    assert len(pages) == 1
    assert "Leave feedback about this" in pages[0]["text"].split("\n")
    others = "\n".join(article["text"] for article in sample if article is not pages[0])
    assert not any(words in others for words in FURNITURE)


def test_outlets_differ_in_style(sample):
    texts = defaultdict(str)
    for article in sample:
        texts[article["outlet"]] += article["text"]
    assert "(Sample Wire) - " in texts["Sample Wire"]
    assert "“" in texts["The Sample Post"]
    assert '"' not in texts["The Sample Post"]
    assert "per cent" in texts["Sample Courier"]
    assert "percent" not in texts["Sample Courier"]
