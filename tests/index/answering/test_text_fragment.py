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


def directives_of(link: str) -> list[str]:
    return link.partition(":~:text=")[2].split("&text=") if ":~:" in link else []


def highlighted(text: str, link: str) -> Span | None:
    """Return from where to where a browser highlights the text of a page: what any directive finds."""
    page = Page(text)
    matches = [match for match in map(page.first_match, directives_of(link)) if match]
    if not matches:
        return None
    return Span(min(match.start for match in matches), max(match.end for match in matches))


def is_highlighted(text: str, span: Span) -> bool:
    """Return True if the link to a span of the text highlights its words, there, and nothing else."""
    found = highlighted(text, text_fragment_link(URL, text, span))
    return (
        found is not None
        and span.start <= found.start < found.end <= span.end
        and words_of(text[slice(*found)]) == words_of(text[slice(*span)])
    )


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


def test_a_sentence_is_named_in_several_ways() -> None:
    text = "Gold rose today. Oil fell sharply on Friday. Tin held."
    assert directives_of(link_to("Oil fell sharply on Friday.", text)) == [
        "Gold%20rose%20today.-,Oil,Friday",
        "Oil%20fell%20sharply%20on%20Friday.,-Tin%20held",
    ]


def test_the_first_sentence_has_no_prefix_and_is_named_from_its_fourth_word_too() -> None:
    sentence = "The harbour master said on Friday that every ferry would stay in port."
    assert directives_of(link_to(sentence, sentence)) == [
        "The%20harbour%20master%20said,port",
        "he%20harbour,port",
        quote(sentence[:-1]),
        "said%20on%20Friday%20that%20every%20ferry,port",
    ]


@pytest.mark.parametrize("torn", ["T he", "\N{LEFT DOUBLE QUOTATION MARK}T he"])
def test_a_sentence_whose_first_letter_is_a_drop_cap_is_found(torn: str) -> None:
    text = torn.replace(" ", "") + " harbour master said that every ferry would stay."
    link = link_to(text, text)
    page = text.replace("The", torn)
    assert highlighted(page, link) == Span(page.index("he"), len(page) - 1)


@pytest.mark.parametrize("place", range(1, 13))
def test_a_break_between_any_two_words_leaves_the_sentence_found(place: int) -> None:
    sentence = "The harbour master said on Friday that every ferry would stay in port."
    words = sentence.split()
    torn = " ".join(words[:place]) + " \n@\n " + " ".join(words[place:])
    for before in ("", "Nobody sailed. ", "Nobody sailed.\n"):
        link = link_to(sentence, f"{before}{sentence} Snow fell.")
        found = highlighted(f"{before}{torn} Snow fell.", link)
        assert found is not None
        assert found.start <= len(before) + torn.index("said")
        assert found.end == len(before) + len(torn) - 1


@pytest.mark.parametrize("above", ["The harbour master said on Friday that…", "The harbour master", None])
@pytest.mark.parametrize("before", ["Nobody sailed. ", "Nobody sailed.\n"])
def test_what_the_page_repeats_above_the_article_is_not_highlighted(above: str | None, before: str) -> None:
    sentence = "The harbour master said on Friday that every ferry would stay in port."
    text = f"{before}{sentence} Snow fell."
    above = f"{above or sentence}\n"
    found = highlighted(above + text, link_to(sentence, text))
    assert found is not None
    assert found.start == len(above) + len(before)


def test_a_dateline_alone_is_no_start() -> None:
    text = "DUBAI, United Arab Emirates — The carrier bought forty jets on Sunday."
    assert directives_of(link_to(text, text))[0].startswith(
        "DUBAI%2C%20United%20Arab%20Emirates%20%E2%80%94%20The%20carrier%20bought,"
    )


def test_a_sentence_with_something_else_in_front_of_it_is_named_whole() -> None:
    sentence = "The harbour master said on Friday that every ferry would stay in port."
    for text in (f"Nobody sailed.\n{sentence}\nSnow fell.", f"Nobody sailed. {sentence} Snow fell."):
        page = text.replace("sailed.", "sailed.\nAdvertisement\n")
        assert highlighted(page, link_to(sentence, text)) is not None


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
    assert quote(text) in directives_of(link_to(text, text))


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
        ("Taxes on 5% of incomes rise.", "% "),
        ("“I won,” she said (twice) to #friends?", "#"),
    ],
)
def test_marks_with_a_meaning_of_their_own_are_escaped(sentence: str, raw: str) -> None:
    for directive in directives_of(link_to(sentence, sentence)):
        assert raw not in directive.replace(",", "", 1)
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
    for kept in (ways, ways[:3], ways[:2], ways[:1], ["The%20harbour,port"]):
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
    assert "Ministers%20of%20all%20nine,Turku" in directives_of(link_to(text, text))
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
        for span in split_sentences(article["text"])[::5]:
            asked += 1
            right += is_highlighted(article["text"], span)
    assert right / asked >= 0.98
