"""The link that opens an article at a sentence, held against a small matcher of the specification."""

import gzip
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.answering.text_fragment import MAX_LINK_LENGTH, text_fragment_link
from index.articles import Span
from index.text.sentence_splitter import split_sentences
from tests.conftest import REPOSITORY
from tests.index.answering.fragment_search import Page, directives_of, highlighted, words_of

URL = "https://news.example/story"
NEWS = REPOSITORY.parent / "shared/data/news-qa/articles.jsonl.gz"


def is_highlighted(text: str, span: Span) -> bool:
    """Return True if the link to a span of the text highlights its words, there, and nothing else."""
    found = highlighted(text, text_fragment_link(URL, text, span))
    return (
        found is not None
        and span.start <= found.start < found.end <= span.end
        and words_of(text[slice(*found)]) == words_of(text[slice(*span)])
    )


def link_to(sentence: str, text: str, url: str = URL) -> str:
    start = text.index(sentence)
    return text_fragment_link(url, text, Span(start, start + len(sentence)))


LONG = (
    "The harbour master said on Friday that every ferry would stay in port"
    + ", it is said" * 40
    + " for good."
)


def test_a_sentence_too_long_to_be_named_whole_is_named_by_its_start() -> None:
    assert directives_of(link_to(LONG, f"It rained. {LONG}")) == [
        "It%20rained.-,The,good",
        "The%20harbour%20master%20said%20on%20Friday%20that%20every,good",
    ]


def test_start_grows_until_it_occurs_once() -> None:
    text = LONG.replace("every", "no") + " " + LONG
    assert "that%20every,good" in directives_of(link_to(LONG, text))[1]
    text = LONG.replace("ferry", "boat") + " " + LONG
    assert "that%20every%20ferry,good" in directives_of(link_to(LONG, text))[1]


def test_words_count_whole_and_without_case_and_accents() -> None:
    other = LONG.replace("harbour", "HÁRBOUR").replace("ferry", "ferryman")
    assert "that%20every%20ferry,good" in directives_of(link_to(LONG, f"{other} {LONG}"))[1]


def test_a_row_of_a_table_is_named_by_cells_that_tell() -> None:
    text = "| 11 | William Byron | 2274 |\n| 12 | Alexander Bowman | 2257 |"
    assert directives_of(text_fragment_link(URL, text, Span(30, len(text)))) == ["Alexander%20Bowman,2257"]
    short = "| 3 | William Byron | 74 | 9 |\n| 4 | Alexander Bowman | 57 | 8 |"
    assert directives_of(text_fragment_link(URL, short, Span(31, len(short)))) == ["Alexander%20Bowman,8"]


def test_a_bar_within_a_sentence_makes_no_row_of_it() -> None:
    text = "Design week | A light installation in the old town hall"
    assert directives_of(link_to(text, text))[0] == "Design%20week%20%7C%20A%20light%20installation,-in"
    assert is_highlighted(text, Span(0, len(text)))


def test_context_comes_from_the_same_line_where_it_can() -> None:
    text = "He said so.\nNobody knew why. Then all went home.\nNobody knew why."
    assert directives_of(link_to("Nobody knew why.", text)) == [
        "He%20said%20so.-,Nobody,why",
        "obody%20knew,why",
        "Nobody%20knew%20why.,-Then%20all%20went",
    ]


@pytest.mark.parametrize(
    ("sentence", "raw"),
    [
        ("The well-known co-op won.", "-"),
        ("Marks & Spencer and others won.", "&"),
        ("In Rome, Bonn, and Oslo it rained.", ","),
        ("“I won,” she said (twice) to #friends?", "#"),
    ],
)
def test_marks_with_a_meaning_of_their_own_are_escaped(sentence: str, raw: str) -> None:
    for directive in directives_of(link_to(sentence, sentence)):
        assert raw not in directive.replace(",", "", 1)
    assert is_highlighted(sentence, Span(0, len(sentence)))


def test_a_percent_sign_is_escaped() -> None:
    sentence = "Taxes on 5% of incomes rise."
    assert any("5%25" in directive for directive in directives_of(link_to(sentence, sentence)))
    assert is_highlighted(sentence, Span(0, len(sentence)))


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
        assert is_highlighted(text, span), text_fragment_link(URL, text, span)


def test_a_vowel_sign_at_the_end_of_a_word_is_part_of_it() -> None:
    assert link_to("वह आज भी नहीं आया", "वह आज भी नहीं आया").endswith("%E0%A4%AF%E0%A4%BE")


def test_existing_fragment_is_kept_and_an_old_directive_replaced() -> None:
    named = directives_of(link_to("Oil fell.", "Oil fell."))
    assert named == ["Oil%20fell", "il%20fell"]
    terms = "&text=".join(named)
    assert link_to("Oil fell.", "Oil fell.", f"{URL}#part-2") == f"{URL}#part-2:~:text={terms}"
    assert link_to("Oil fell.", "Oil fell.", f"{URL}#:~:text=Gold") == f"{URL}#:~:text={terms}"
    assert link_to("Oil fell.", "Oil fell.", f"{URL}#a:~:text=Gold") == f"{URL}#a:~:text={terms}"


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


def test_less_and_less_room_sheds_directives_then_words_then_all() -> None:
    text = "The harbour master said on Friday that every ferry would stay in port."
    ways = directives_of(link_to(text, text))
    for kept in (ways, ways[:2], ["The%20harbour,port"]):
        longest = URL + "/" + "x" * (MAX_LINK_LENGTH - len(URL + "/#:~:text=" + "&text=".join(kept)))
        link = link_to(text, text, longest)
        assert len(link) == MAX_LINK_LENGTH
        assert directives_of(link) == kept
    assert link_to(text, text, longest + "x") == longest + "x"


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
    for start in (text.index("Nobody"), text.rindex("Nobody")):
        assert is_highlighted(text, Span(start, start + len("Nobody answered.")))


def test_what_follows_tells_apart_what_nothing_precedes() -> None:
    text = "Nobody answered. Then all went home.\nNobody answered."
    assert "Nobody%20answered.,-Then%20all%20went" in directives_of(
        text_fragment_link(URL, text, Span(0, 16))
    )
    assert is_highlighted(text, Span(0, 16))


def test_last_words_that_come_twice_in_a_sentence_grow() -> None:
    text = "They sang on and on and on, and later they all sang on and on and on."
    assert is_highlighted(text, Span(0, len(text)))


def test_a_span_over_two_lines_has_each_term_in_one() -> None:
    text = "Ministers of all nine states\nmet in the old town hall of Turku."
    assert "Ministers%20of%20all%20nine%20states,Turku" in directives_of(link_to(text, text))
    assert is_highlighted(text, Span(0, len(text)))


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
@example("中国。 \n 中国。")
def test_the_first_match_says_what_the_sentence_says(text: str) -> None:
    page = Page(text)
    for span in split_sentences(text):
        link = text_fragment_link(URL, text, span)
        assert len(link) <= MAX_LINK_LENGTH
        sentence = words_of(text[slice(*span)])
        if ":~:" not in link:
            assert not sentence or len(sentence) > 60
            continue
        found = highlighted(text, link)
        assert found is not None
        assert words_of(text[slice(*found)]) == sentence
        if page.letters.count(sentence) == 1:
            assert span.start <= found.start < found.end <= span.end


@given(st.text(max_size=300), st.text(max_size=40), st.integers(0, 300), st.integers(0, 300))
@example("0", "news.example", 0, 1)  # a sentence of one letter has no words behind it
def test_any_text_and_any_address_give_a_link(text: str, url: str, start: int, length: int) -> None:
    for address in (url, f"https://{url}"):
        link = text_fragment_link(address, text, Span(start, start + length))
        assert link.startswith(address.partition(":~:")[0])
        assert link == address or len(link) <= MAX_LINK_LENGTH


@pytest.mark.parametrize("unit", ["a ", "no no ", "x", "“a” ", "中国", "e\u0301", "Stop! "])
def test_hostile_articles_get_a_link_of_bounded_length(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    for span in [Span(0, len(text)), Span(50_000, 50_600), split_sentences(text)[-1]]:
        assert len(text_fragment_link(URL, text, span)) <= MAX_LINK_LENGTH


@pytest.mark.skipif(not NEWS.exists(), reason="the measuring data (../shared/data) is not here")
def test_links_find_their_sentence_in_real_articles() -> None:
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for _, line in zip(range(300), lines, strict=False)][::10]
    right = asked = 0
    for article in articles:
        for span in split_sentences(article["text"])[::5]:
            asked += 1
            right += is_highlighted(article["text"], span)
    assert right / asked >= 0.98
