"""The directives of a sentence, on pages that are not quite like the article's text."""

import pytest

from index.answering.text_fragment import text_fragment_link
from index.articles import Span
from tests.index.answering.fragment_search import directives_of, highlighted


def link_to(sentence: str, text: str) -> str:
    start = text.index(sentence)
    return text_fragment_link("https://news.example/story", text, Span(start, start + len(sentence)))


def test_a_sentence_is_named_in_several_ways() -> None:
    text = "Gold rose today. Oil fell sharply on Friday. Tin held."
    assert directives_of(link_to("Oil fell sharply on Friday.", text)) == [
        "Gold%20rose%20today.-,Oil,Friday",
        "Oil%20fell%20sharply%20on%20Friday.,-Tin%20held",
    ]


def test_the_first_sentence_has_no_prefix_and_is_named_from_its_next_words_too() -> None:
    sentence = "The harbour master said on Friday that every ferry would stay in port."
    assert directives_of(link_to(sentence, sentence)) == [
        "The%20harbour%20master%20said%20on,-Friday",
        "The%20harbour%20master%20said%20on-,Friday,port",
        "he%20harbour,port",
        "harbour%20master%20said%20on%20Friday%20that,port",
        "master%20said%20on%20Friday%20that%20every,port",
        "said%20on%20Friday%20that%20every%20ferry,port",
        "on%20Friday%20that%20every%20ferry%20would,port",
        "Friday%20that%20every%20ferry%20would%20stay,port",
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
        # the first sentence has no prefix, and five words of it stand in teasers
        assert found.start <= len(before) + torn.index("said" if before else "Friday")
        assert found.end - len(before) - len(torn) in (-1, 0)  # with the full stop or without


@pytest.mark.parametrize("above", ["The harbour master said on Friday that…", "The harbour master", None])
@pytest.mark.parametrize("before", ["Nobody sailed. ", "Nobody sailed.\n"])
def test_what_the_page_repeats_above_the_article_is_not_highlighted(above: str | None, before: str) -> None:
    sentence = "The harbour master said on Friday that every ferry would stay in port."
    text = f"{before}{sentence} Snow fell."
    above = f"{above or sentence}\n"
    found = highlighted(above + text, link_to(sentence, text))
    assert found is not None
    assert found.start == len(above) + len(before)


@pytest.mark.parametrize("above", ["The harbour master said nothing yet.", "The harbour master"])
def test_a_teaser_with_four_words_of_the_first_sentence_is_not_highlighted(above: str) -> None:
    sentence = "The harbour master said on Friday that every ferry would stay in port."
    text = f"{sentence} Snow fell."
    found = highlighted(f"{above}\n{text}", link_to(sentence, text))
    assert found == Span(len(above) + 1, len(above) + 1 + len(sentence))


def test_a_torn_first_sentence_is_not_taken_for_the_teaser_below() -> None:
    sentence = "The harbour master said on Friday that every ferry would stay in port."
    text = f"{sentence} Snow fell."
    page = text.replace("that every", "that\n@\nevery") + f"\n{sentence}"
    assert highlighted(page, link_to(sentence, text)) == Span(0, page.index(". Snow") + 1)


@pytest.mark.parametrize(
    ("title", "page"),
    [
        ("The harbour master said on Friday that all is well", "Snow fell."),
        ("The harbour master said on Friday that every ferry would stay in port", "Snow fell."),
        ("Harbour master said on Friday that every ferry is in", "\nSnow fell."),
    ],
)
def test_the_headline_is_not_taken_for_the_sentence(title: str, page: str) -> None:
    sentence = "The harbour master said on Friday that every ferry would stay in port."
    text = f"{sentence} {page}"
    link = text_fragment_link("https://news.example/", text, Span(0, len(sentence)), title=title)
    found = highlighted(f"{title}\n{text}", link)
    assert found is not None
    assert len(title) < found.start + 1 < found.end == len(title) + len(sentence) + (link.count(".,-") > 0)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Seven ferries sail again", "Seven ferries sail again\nSnow fell."),
        ("Seven ferries sail again | Harbour Daily", "News\nSeven ferries sail again\nSnow fell."),
        ("Seven ferries sail again", "| | Seven ferries sail again by Ann Kell on Monday |\nSnow fell."),
    ],
)
def test_a_headline_within_the_text_is_named_as_without_a_title(title: str, text: str) -> None:
    start = text.index("Seven")
    span = Span(start, text.index("\n", start))
    link = text_fragment_link("https://news.example/", text, span, title=title)
    assert link == text_fragment_link("https://news.example/", text, span)


def test_letters_that_take_much_room_leave_room_for_a_second_way() -> None:
    sentence = "Президент сказал, что переговоры продолжатся в пятницу в Москве."
    text = f"今日は雨です。明日は雪です。\n{sentence} Снег."
    page = text.replace("明日は雪です。", "明日は雪です。\nРеклама\n")
    found = highlighted(page, link_to(sentence, text))
    assert found == Span(page.index("Президент"), page.index(". Снег"))


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


def test_a_list_has_no_marks_on_the_page() -> None:
    text = "These are the highlights:\n- Ann “won” it today.\n- “No,” Bo said at noon.\n- Cid left."
    ways = directives_of(link_to("“No,” Bo said at noon.", text))
    assert ways[0] == "won%E2%80%9D%20it%20today.-,%E2%80%9CNo,noon"
    page = text.replace("- ", "")
    assert highlighted(page, link_to("Ann “won” it today.", text)) == Span(
        page.index("Ann"), page.index("today") + len("today")
    )


def test_a_short_first_sentence_is_named_with_what_follows() -> None:
    text = "Hong Kong burns. The police went on firing."
    page = "Hong Kong burns: a view\n" + text
    found = highlighted(page, link_to("Hong Kong burns.", text))
    assert found == Span(page.rindex("Hong"), page.rindex("burns") + len("burns."))


def test_a_repeated_sentence_does_not_mislead() -> None:
    text = "Ann spoke.\nMy fears came true.\nBo asked about it.\nShe said so. My fears came true."
    second = text.rindex("My")
    for start in (text.index("My"), second):
        found = highlighted(text, text_fragment_link("https://a.example/", text, Span(start, start + 19)))
        assert found is not None
        assert (found.start, text[slice(*found)].rstrip(".")) == (start, "My fears came true")


def test_a_caption_below_a_label_that_begins_as_the_sentence_does_not_mislead() -> None:
    text = "Nobody knew why it rained.\nHong Kong threatened [REACTION]\nProtesters believe the bill is bad for all."
    page = text.replace("Protesters", "Protesters wear masks (Image: GETTY)\nProtesters")
    found = highlighted(page, link_to("Protesters believe the bill is bad for all.", text))
    assert found is not None
    assert found.start == page.rindex("Protesters")


def test_a_long_sentence_that_is_printed_again_is_found_by_its_end_and_what_follows() -> None:
    asked = (
        "Есть ли какие-то предпочтения, а может, наоборот, есть блюда или продукты, которые вам не нравятся?"
    )
    text = f"Анна.\nКакую кухню любите? {asked}\n— Люблю суп.\nБорис.\nКакую кухню любите? {asked}\n— Люблю рис и рыбу."
    for answer in ("— Люблю суп.", "— Люблю рис"):
        start = text.index(answer) - len(asked) - 1
        found = highlighted(
            text, text_fragment_link("https://a.example/", text, Span(start, start + len(asked)))
        )
        assert found is not None
        assert found.end == start + len(asked)
        assert start <= found.start < found.end - len(asked) / 2


def test_a_row_is_named_between_its_neighbours_and_not_by_a_cell_that_may_stand_above() -> None:
    text = "| Name | Wins |\n| 1 | Kyle Busch | 5 | 27 |\n| 2 | Ann Roe | 7 | 24 |"
    row = "| 1 | Kyle Busch | 5 | 27 |"
    assert directives_of(link_to(row, text)) == ["Wins-,1,27,-2"]


def test_a_short_first_line_is_named_without_the_next() -> None:
    text = "UPDATED on Tuesday\nThe police went on firing."
    page = text.replace("\n", "\nAdvertisement\n")
    assert highlighted(page, link_to("UPDATED on Tuesday", text)) == Span(0, len("UPDATED on Tuesday"))


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ("| 28 | Michael McDowell | 485 | 0 | 0 | 2 | 2 |", "Michael%20McDowell,2"),
        ("| 36 | Andy Seuss | 9 | 0 | 0 | 0 | 0 |", "Andy%20Seuss,0"),
        ("| 3 | Garton Lines | 7 | 7 |", "Garton%20Lines,7"),
    ],
)
def test_a_row_whose_last_cells_are_the_same_is_named_up_to_them(row: str, named: str) -> None:
    text = f"| 1 | Ann Kell | 9 | 5 |\n{row}"
    assert named in directives_of(link_to(row, text))


def test_a_row_of_numbers_is_named_between_the_rows_around_it() -> None:
    rows = ["| 8 | Ann Kell | 9 | 0 | 0 |", "| 9 | Bo Lind | 7 | 0 | 0 |", "| 10 | Mia Roe | 4 | 0 | 0 |"]
    text = "\n".join(["Ann Kell, Bo Lind and Mia Roe raced.", *rows])
    assert directives_of(link_to(rows[1], text))[0] == "0-,9,0,-10"
    assert directives_of(link_to(rows[1], "\n".join(rows + rows))) == []  # either table may be meant
