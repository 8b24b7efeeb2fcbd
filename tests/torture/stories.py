"""The articles that are put in, changed and taken out: each can be told from every other, in each of its versions."""

from datetime import UTC, datetime, timedelta

from index.articles import Article

_SYLLABLES = ["ba", "ken", "dor", "li", "mas", "ru", "tev", "no", "gri", "hal"]
_BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
OUTLETS = ("Sample Wire", "The Sample Post", "Norwick Courier")


def name_of(number: int) -> str:
    """The mayor's name that only this article has."""
    return "".join(_SYLLABLES[int(digit)] for digit in f"{number:03d}").capitalize() + "son"


def url_of(number: int) -> str:
    return f"https://wire.example.com/{number}"


def sentence_of(number: int, version: int) -> str:
    """What only this version of the article says."""
    return f"Mayor {name_of(number)} said that the harbour bridge in Norwick will cost {version * 7 + 3} million pounds."


def question_of(number: int) -> str:
    return f"What did Mayor {name_of(number)} say the harbour bridge in Norwick will cost?"


def story(number: int, version: int) -> Article:
    more = [
        f"Engineer {name_of(number)} counted {number + line} cracks in cable {line} on day {version}."
        for line in range(1 + (number * 5 + version) % 9)
    ]
    return Article(
        url_of(number),
        OUTLETS[number % len(OUTLETS)],
        f"Bridge of {name_of(number)} to be repaired",
        "\n".join([sentence_of(number, version), *more]),
        published=_BEGIN + timedelta(minutes=number),
    )


def number_of(url: str) -> int:
    return int(url.rsplit("/", 1)[1])


def version_of(article: Article) -> int:
    """The version whose text this is, word for word. Raise AssertionError for a text that never was one."""
    number = number_of(article.url)
    cost = int(article.text.split(" will cost ")[1].split()[0])
    version = (cost - 3) // 7
    assert article.text == story(number, version).text, f"{article.url} is half-written: {article.text!r}"
    assert article.title == story(number, version).title
    return version
