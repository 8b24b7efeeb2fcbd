"""The link that opens an article at a sentence, held against a small matcher of the specification."""

import gzip
import json
import unicodedata
from urllib.parse import quote, unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.answering.text_fragment import MAX_LINK_LENGTH, text_fragment_link
from index.articles import Span
from index.text.sentence_splitter import split_sentences
from tests.conftest import REPOSITORY

URL = "https://news.example/story"
NEWS = REPOSITORY.parent / "shared/data/news-qa/articles.jsonl.gz"


class Page:
    """What a browser sees: blocks of text without case and accents, each letter knowing where it came from."""

    def __init__(self, text: str) -> None:
        letters: list[str] = []
        self.places: list[int] = []
        for place, letter in enumerate(text):
            for plain in folded(letter):
                if plain == " " and (not letters or letters[-1].isspace()):
                    letters[-1:] = ["\n"] if letters and letter == "\n" else letters[-1:]
                else:
                    letters.append("\n" if letter == "\n" else plain)
                    self.places.append(place)
        self.letters = "".join(letters)

    def find(self, term: str, start: int) -> int:
        """Return where the term next stands between edges of words, -1 if nowhere."""
        at = self.letters.find(term, start)
        while at >= 0 and not (self.edge(at) and self.edge(at + len(term))):
            at = self.letters.find(term, at + 1)
        return at

    def edge(self, at: int) -> bool:
        around = self.letters[max(0, at - 1) : at + 1]
        return len(around) < 2 or at == 0 or not all(wordy(letter) for letter in around) or unspaced(around)

    def skip_blank(self, at: int) -> int:
        while at < len(self.letters) and self.letters[at].isspace():
            at += 1
        return at

    def first_match(self, directive: str) -> Span | None:
        """Follow the specification's search for a directive's first match."""
        prefix, start, end, suffix = parsed(directive)
        at = 0
        while True:
            begin = self.find(prefix or start, at)
            if begin < 0:
                return None
            at = begin + 1
            if prefix:
                begin = self.skip_blank(begin + len(prefix))
                if not self.letters.startswith(start, begin) or not self.edge(begin + len(start)):
                    continue
            stop = begin + len(start)
            if end:
                stop = self.find(end, stop)
                if stop < 0:
                    return None
                stop += len(end)
            if suffix and not self.letters.startswith(suffix, self.skip_blank(stop)):
                continue
            return Span(self.places[begin], self.places[stop - 1] + 1)


def folded(text: str) -> str:
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)
    )
    return "".join(" " if letter.isspace() else letter for letter in plain.casefold())


def wordy(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LMN"


def unspaced(text: str) -> bool:
    return any("\u0e00" <= letter <= "\u0eff" or "\u3040" <= letter <= "\u9fff" for letter in text)


def parsed(directive: str) -> tuple[str, str, str, str]:
    assert "&" not in directive
    terms = directive.split(",")
    prefix = terms.pop(0)[:-1] if terms[0].endswith("-") else ""
    suffix = terms.pop()[1:] if terms[-1].startswith("-") else ""
    assert len(terms) in (1, 2)
    assert all(terms)
    assert not any("-" in term for term in [prefix, suffix, *terms])
    start, end = (*terms, "")[:2]
    return tuple(folded(unquote(term)) for term in (prefix, start, end, suffix))  # type: ignore[return-value]


def directive_of(link: str) -> str | None:
    return link.partition(":~:text=")[2] or None


def words_of(text: str) -> str:
    """Return the text as compared, from its first word to its last."""
    plain = " ".join(folded(text).split())
    while plain and not wordy(plain[0]):
        plain = plain[1:]
    while plain and not wordy(plain[-1]):
        plain = plain[:-1]
    return plain


def link_to(sentence: str, text: str, url: str = URL) -> str:
    start = text.index(sentence)
    return text_fragment_link(url, text, Span(start, start + len(sentence)))


def test_short_sentence_is_named_whole() -> None:
    assert (
        link_to("Oil fell sharply.", "Gold rose. Oil fell sharply. Tin held.")
        == f"{URL}#:~:text=Oil%20fell%20sharply"
    )


LONG = (
    "The harbour master said on Friday that every ferry would stay in port"
    + ", it is said" * 20
    + " for good."
)


def test_a_sentence_is_named_whole_and_a_long_one_by_its_first_eight_and_last_three_words() -> None:
    sentence = "The harbour master said on Friday that every ferry would stay in port."
    assert link_to(sentence, sentence).endswith("#:~:text=" + quote(sentence[:-1]))
    assert directive_of(link_to(LONG, LONG)) == (
        "The%20harbour%20master%20said%20on%20Friday%20that%20every,said%20for%20good"
    )


def test_start_grows_until_it_occurs_once() -> None:
    text = LONG.replace("every", "no") + " " + LONG
    assert "that%20every," in link_to(LONG, text)
    text = LONG.replace("ferry", "boat") + " " + LONG
    assert "that%20every%20ferry," in link_to(LONG, text)


def test_words_count_whole_and_without_case_and_accents() -> None:
    other = LONG.replace("harbour", "HÁRBOUR").replace("ferry", "ferryman")
    assert "that%20every%20ferry," in link_to(LONG, f"{other} {LONG}")


def test_a_row_of_a_table_is_named_by_cells_that_tell() -> None:
    text = "| 11 | William Byron | 2274 |\n| 12 | Alexander Bowman | 2257 |"
    assert directive_of(text_fragment_link(URL, text, Span(30, len(text)))) == "Alexander%20Bowman,2257"


def test_a_bar_within_a_sentence_makes_no_row_of_it() -> None:
    text = "Design week | A light installation in the old town hall"
    assert directive_of(link_to(text, text)) == quote(text)


def test_context_comes_from_the_same_line_where_it_can() -> None:
    text = "He said so.\nNobody knew why. Then all went home.\nNobody knew why."
    assert directive_of(link_to("Nobody knew why.", text)) == "Nobody%20knew%20why.,-Then%20all%20went"


@pytest.mark.parametrize(
    ("sentence", "raw"),
    [
        ("The well-known co-op won.", "-"),
        ("Marks & Spencer and others won.", "&"),
        ("In Rome, Bonn, and Oslo it rained.", ","),
        ("Taxes on 5% of incomes rise.", "% "),
        ("“I won,” she said (twice) to #friends?", "#"),
    ],
)
def test_marks_with_a_meaning_of_their_own_are_escaped(sentence: str, raw: str) -> None:
    directive = directive_of(link_to(sentence, sentence))
    assert directive is not None
    assert raw not in directive.replace(",", "", 1)
    assert Page(sentence).first_match(directive) is not None


@pytest.mark.parametrize(
    "text",
    [
        "Сегодня дождь. Президент сказал, что переговоры продолжатся в пятницу в Москве. Потом снег.",
        "今日は雨です。大統領は金曜日に東京で会談を続けると述べた。明日は雪です。",
        "他来了。总统说，会谈将于周五在北京继续进行，双方都同意了。她走了。",
        "วันนี้ฝนตก ประธานาธิบดีกล่าวว่า การเจรจาจะดำเนินต่อไปในวันศุกร์",
        "هطل المطر. قال الرئيس إن المحادثات ستستمر يوم الجمعة في القاهرة. ثم توقف.",
        "आज बारिश है। राष्ट्रपति ने कहा कि बातचीत शुक्रवार को दिल्ली में जारी रहेगी। फिर बर्फ।",
        "It rained. 🎉 The party 👩‍👩‍👧 went on till dawn 🎉 and nobody minded it. Snow fell.",
        "It rained. The cafe\u0301 in Mu\u0308nchen stayed open for every last guest. Snow fell.",
    ],
)
def test_every_script_is_found_where_it_stands(text: str) -> None:
    for span in split_sentences(text):
        directive = directive_of(text_fragment_link(URL, text, span))
        assert directive is not None
        match = Page(text).first_match(directive)
        assert match is not None
        assert words_of(text[slice(*match)]) == words_of(text[slice(*span)])


def test_a_vowel_sign_at_the_end_of_a_word_is_part_of_it() -> None:
    assert link_to("वह आज भी नहीं आया", "वह आज भी नहीं आया").endswith("%E0%A4%AF%E0%A4%BE")


def test_existing_fragment_is_kept_and_an_old_directive_replaced() -> None:
    assert link_to("Oil fell.", "Oil fell.", f"{URL}#part-2") == f"{URL}#part-2:~:text=Oil%20fell"
    assert link_to("Oil fell.", "Oil fell.", f"{URL}#:~:text=Gold") == f"{URL}#:~:text=Oil%20fell"
    assert link_to("Oil fell.", "Oil fell.", f"{URL}#a:~:text=Gold") == f"{URL}#a:~:text=Oil%20fell"


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/#!/story/1",
        "https://a.example/#/story",
        "file:///news.txt",
        "urn:isbn:1",
        "javascript:0",
        "",
    ],
)
def test_addresses_that_cannot_carry_a_directive_stay_as_they_are(url: str) -> None:
    assert link_to("Oil fell.", "Oil fell.", url) == url


@pytest.mark.parametrize("text", ["…", "“”", "\u200b", "\u0301", "🎉 🎉", "Oil \ud800 fell."])
def test_nothing_to_name_means_no_directive(text: str) -> None:
    assert text_fragment_link(URL, text, Span(0, len(text))) == URL


def test_longest_address_is_kept_and_one_more_sheds_words_then_the_directive() -> None:
    text = "The harbour master said on Friday that every ferry would stay in port."
    tail = len("#:~:text=The%20harbour%20master%20said,stay%20in%20port")
    fits = URL + "/" + "x" * (MAX_LINK_LENGTH - len(URL) - tail - 1)
    assert len(link_to(text, text, fits)) == MAX_LINK_LENGTH
    assert link_to(text, text, fits + "x").endswith("=The%20harbour%20master%20said,in%20port")
    assert link_to(text, text, fits + "x" * 20).endswith("=The%20harbour,in%20port")
    assert link_to(text, text, fits + "x" * 60) == fits + "x" * 60


def test_less_room_sheds_words_too() -> None:
    text = "The harbour master said on Friday that every ferry would stay in port."
    assert len(text_fragment_link(URL, text, Span(0, len(text)), 90)) <= 90
    assert ":~:text=The%20harbour%20master%20said" in text_fragment_link(URL, text, Span(0, len(text)), 90)


@pytest.mark.parametrize("line", [" ", "\n\n"])
def test_a_repeated_sentence_is_told_apart_by_its_neighbours(line: str) -> None:
    text = line.join(
        [
            "Ann spoke first at noon.",
            "Nobody answered.",
            "Bo spoke later on.",
            "Nobody answered.",
            "All left then.",
        ]
    )
    second = text.rindex("Nobody")
    for start in (text.index("Nobody"), second):
        span = Span(start, start + len("Nobody answered."))
        directive = directive_of(text_fragment_link(URL, text, span))
        assert directive is not None
        assert Page(text).first_match(directive) == Span(start, span.end - 1)


def test_what_follows_tells_apart_what_nothing_precedes() -> None:
    text = "Nobody answered. Then all went home.\nNobody answered."
    directive = directive_of(text_fragment_link(URL, text, Span(0, 16)))
    assert directive == "Nobody%20answered.,-Then%20all%20went"
    assert Page(text).first_match(directive) == Span(0, 16)


def test_last_words_that_come_twice_in_a_sentence_grow() -> None:
    text = "They sang on and on and on, and later they all sang on and on and on."
    assert Page(text).first_match(str(directive_of(link_to(text, text)))) == Span(0, len(text) - 1)


def test_a_span_over_two_lines_has_each_term_in_one() -> None:
    text = "Ministers of all nine states\nmet in the old town hall of Turku."
    directive = directive_of(link_to(text, text))
    assert directive == "Ministers%20of%20all%20nine%20states,hall%20of%20Turku"


WORDS = st.sampled_from(
    [
        "no",
        "War",
        "war,",
        "“Kyiv",
        "état",
        "etat”",
        "x-y",
        "&",
        "10,000",
        "किताब",
        "🙂",
        "中国。",
        "سلام",
        "(so)",
        "end.",
        "Stop!",
        "\n",
    ]
)


@given(st.lists(WORDS, min_size=1, max_size=60).map(" ".join))
@example("no no no no end. no no no no no end.")
@example("War end. \n War end. \n War end.")
def test_the_first_match_says_what_the_sentence_says(text: str) -> None:
    page = Page(text)
    for span in split_sentences(text):
        link = text_fragment_link(URL, text, span)
        assert len(link) <= MAX_LINK_LENGTH
        directive = directive_of(link)
        sentence = words_of(text[slice(*span)])
        if directive is None:
            assert not sentence or len(sentence) > 60
            continue
        match = page.first_match(directive)
        assert match is not None
        assert words_of(text[slice(*match)]) == sentence
        prefix, start, end, suffix = parsed(directive)
        if page.letters.count(start if not end else sentence) == 1 or prefix or suffix:
            assert span.start <= match.start < match.end <= span.end


@given(st.text(max_size=300), st.text(max_size=40), st.integers(0, 300), st.integers(0, 300))
def test_any_text_and_any_address_give_a_link(text: str, url: str, start: int, length: int) -> None:
    for address in (url, f"https://{url}"):
        link = text_fragment_link(address, text, Span(start, start + length))
        assert link.startswith(address.partition(":~:")[0])
        assert link == address or len(link) <= MAX_LINK_LENGTH


@pytest.mark.parametrize("unit", ["a ", "no no ", "x", "“a” ", "中国", "e\u0301", "Stop! "])
def test_hostile_articles_are_linear(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    for span in [Span(0, len(text)), Span(50_000, 50_600), split_sentences(text)[-1]]:
        assert len(text_fragment_link(URL, text, span)) <= MAX_LINK_LENGTH


@pytest.mark.skipif(not NEWS.exists(), reason="the measuring data (../shared/data) is not here")
def test_links_find_their_sentence_in_real_articles() -> None:
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for _, line in zip(range(300), lines, strict=False)][::10]
    right = asked = 0
    for article in articles:
        page = Page(article["text"])
        for span in split_sentences(article["text"])[::5]:
            directive = directive_of(text_fragment_link(article["url"], article["text"], span))
            match = page.first_match(directive) if directive else None
            asked += 1
            right += bool(match and span.start <= match.start < match.end <= span.end)
    assert right / asked >= 0.98
