"""Sentence spans: where they end, what they keep, what they leave out."""

import gzip
import json
import re
import warnings

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.text.sentence_splitter import MAX_SENTENCE_LENGTH, split_sentences
from index.text.transcripts import transcript_labels
from tests.conftest import REPOSITORY

NEWS = REPOSITORY.parent / "shared/data/news-qa/articles.jsonl.gz"

# One text a line, its sentences parted by "|". The first block has the kinds of case of the 48 English "golden
# rules" of Pragmatic Segmenter, in words of our own; the second is what news adds.
GOLDEN = """
Ships sail.|Trains run.
Who called?|My name is Ann.
That went well!|Now sleep.
My name is Arvid E. Lund.
Please turn to p. 80.
Did you meet Bo at Drax & Co.?|They saw him leave.
Sorry to disturb you, Ms. Ekberg.
They put Mr. and Mrs. Ito on the same team.
Her seat was given to Bo Lind Jr. and he kept it.
She read vol. 2 and vol. 3 of the same work.
They wanted it by 6 p.m. but it came late.
She lives in the U.S.|What about you?
He works for the U.S. Government in Mali.
She has lived in the U.S. for ten years.
At 4 a.m. Ms. Ekberg walked to the bank.|It had closed.
They left at 5 P.M.|Ms. Ekberg came later.
The fee is $12.50 a head.
The number in S. 4.2 of the report was wrong.
Well (and he said so in writing) he left.|She stayed.
He left the room (he was tired.)|She stayed.
He wrote to ann@example.org on Monday.|She wrote back.
See the site at news.example.org/a.b for more.|It is free.
She turned to him, “This is mine,” and left.
She asked him, “Is this mine?” and left.
"We are done," she said.
She told him, 'This is mine,' and left.
She told him, “This is mine.”|He gave her the key.
Wow!!|That is big!!
Wow??|That is big??
Wow?!|That is big?!
1. Boil the water.|2. Add the salt.
a) The first thing
• The ninth thing follows.
You will find it at No. 1026.253.553 on the shelf.|It is red.
She was not sure ... and then she was.
I never meant it ....|He did.
They ran . . . and then fell.
It ended there...|Nobody spoke.
The word “No.” was painted on the door.
Mr. Smith vs. the State went on for years.
He met Dr. Okoye and Prof. Li in St. Paul.
The firm, Yahoo! Inc., was sold.
He has a Ph.D. in physics.|She has none.
It was due on Jan. 6, not on Feb. 2.|Both passed.
He said “Stop!” and ran.
The U.N. voted.|The U.K. did not.
Hello world.|Today is Tuesday.|Mr. Ito went to the shop and bought 1,000 eggs.|That is a lot.
No. 10 was dark.|No lamp was lit.
""".strip().splitlines()

NEWS_CASES = """
The tariff hits the U.S.|Trump has backed it.
He came to the U.S.|Biden was pleased.
It will peak in the U.S. Senate on Monday.
Gov. Gavin Newsom met Sen. Tim Scott, R-S.C., and Rep. Ro Khanna.
Rep. Ana Silva, D-R.I., voted no.|Others did not.
J. D. Vance spoke.|J.D. Vance left.|George H.W. Bush did not.
It opens at 9 a.m. EDT on Monday.|It shuts at 5 p.m. Friday.
It falls by 7 p.m. Eastern or 6 p.m. Sept. 4.|Go to www.Example.org first.
SALEM, Mass. — The mill burned.|Three men, all of Lodi, Calif., were hurt.
He wrote it on X.|“I am well,” it said.
He lives at No. 10.|No one else does.
“Stop!” he said.|“Why?” she asked.
“Why now?” Ito asked.|“Because it is time!” Ann Lee shouted.
“We won.”|The crowd cheered.
"It is over," he said.|"We lost."
“It is over,” he said.|“ We lost.”
"It is over," he said.|" We lost."
He said.|“ We lost.|They won.
Apple Inc. said so.|Ford Motor Co. did not.
Fruit, e.g. apples, i.e. the good kind, rose.|So did tea.
WASHINGTON (AP) — The house fell.|Nobody was hurt.
Shares rose 3.5 percent to $4.2 billion.|Bonds fell .5 percent.
The show Jeopardy! was first.|Mamma Mia! came next.
It fell in May.|Bonds rose.
She flew to Washington, DC.|He took the train.
• Ferries: All are stopped.|Trains run.
► Trains run.|Ferries do not.
iPhones sold well.|iPads did not.
It rose.[3]|Then it fell.
Lt. Gov. Ann Roe and Maj. Gen. Bo Li came.
(The firm owns this paper.)|It declined to comment.
Der Kanzler sprach am Montag.|Dann ging er.
今日は雨です。|明日は雪です。
他说：“走吧。”|然后他走了。
""".strip().splitlines()


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


def cut(case: str) -> tuple[str, list[str]]:
    """Return the text of a case and the sentences it holds; "|" stands for a blank, for nothing in Chinese."""
    return (case.replace("|", "" if "。" in case else " "), case.split("|"))


@pytest.mark.parametrize("case", GOLDEN + NEWS_CASES)
def test_sentences_end_where_a_reader_says(case: str) -> None:
    text, expected = cut(case)
    assert sentences(text) == [sentence.lstrip("•► ") for sentence in expected]


def test_one_quotation_stays_whole_until_it_is_long() -> None:
    short = "“We came. We saw. We left,” said Ann Li."
    assert sentences(short) == [short]
    long = "“" + "We came to see the river and stayed for a while. " * 12 + "We left,” said Ann Li."
    assert len(sentences(long)) == 13
    assert sentences(long)[-1] == "We left,” said Ann Li."


def test_a_line_break_always_ends_a_sentence() -> None:
    for mark in ("\n", "\r\n", "\r", "\u2028", "\x85", "\f"):
        assert sentences(f"Ferries stop in{mark}Bergen and Oslo") == ["Ferries stop in", "Bergen and Oslo"]


def test_what_is_too_long_is_cut_at_a_clause_else_a_word_else_anywhere() -> None:
    clauses = "the river rose, " * 60
    assert all(part.endswith(("rose,", "rose")) for part in sentences(clauses))
    words = "river " * 200
    assert set(" ".join(sentences(words)).split()) == {"river"}
    assert sentences("x" * (MAX_SENTENCE_LENGTH + 1)) == ["x" * MAX_SENTENCE_LENGTH, "x"]


def test_what_has_neither_letter_nor_digit_is_left_out() -> None:
    assert sentences("___\n* * *\n…\nOil fell.\n\u200b\n——") == ["Oil fell."]


NEWSY = st.lists(
    st.sampled_from(
        [
            "Mr.",
            "U.S.",
            "He",
            "left.",
            "“Stop!”",
            '"',
            "said",
            "(so.)",
            "No.",
            "10",
            "...",
            "\n",
            "• ",
            "J.",
            "p.m.",
            "。",
            "eBay",
            "’",
            "\ud800",
        ]
    ),
    max_size=60,
).map(" ".join)


@given(st.one_of(NEWSY, st.text(max_size=400)))
@example("A." * 900)
@example("“" * 900 + "a")
def test_spans_are_ordered_apart_trimmed_bounded_and_lose_no_letter(text: str) -> None:
    spans = split_sentences(text)
    position = 0
    for start, end in spans:
        assert position <= start < end <= len(text)
        assert end - start <= MAX_SENTENCE_LENGTH
        assert text[start:end] == text[start:end].strip()
        assert re.search(r"[^\W_]", text[start:end])
        assert not re.search(r"[^\W_]", text[position:start])
        position = end
    assert not re.search(r"[^\W_]", text[position:])


@given(NEWSY)
def test_lines_do_not_change_each_other(text: str) -> None:
    alone = [sentence for line in text.split("\n") for sentence in sentences(line)]
    assert sentences(text) == alone


@pytest.mark.parametrize(
    "unit",
    ["x", "a ", "“", '"A. ', ". ", "A.", "[1]", "a,", ".)", "。", "U.S. A is ", "May. A", "\u0301", "J. "],
)
def test_hostile_lines_are_bounded(unit: str) -> None:
    spans = split_sentences(unit * (100_000 // len(unit)))
    assert all(end - start <= MAX_SENTENCE_LENGTH for start, end in spans)


def test_boundaries_are_no_worse_than_those_of_a_second_splitter() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pysbd

        other = pysbd.Segmenter(language="en", clean=False)
        theirs = sum(
            [part.strip() for part in other.segment(text)] == expected for text, expected in map(cut, GOLDEN)
        )
    ours = sum(
        sentences(text) == [part.lstrip("•► ") for part in expected] for text, expected in map(cut, GOLDEN)
    )
    assert ours == len(GOLDEN) >= 48
    assert 30 <= theirs <= ours


@pytest.mark.skipif(not NEWS.exists(), reason="the measuring data (../shared/data) is not here")
def test_real_articles_are_cut_without_loss() -> None:
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for _, line in zip(range(200), lines, strict=False)]
    for text in texts:
        kept = "".join(sentences(text))
        for label in reversed(transcript_labels(text).values()):
            text = text[: label.span.start] + text[label.span.end :]
        assert re.sub(r"[\W_]", "", kept) == re.sub(r"[\W_]", "", text)
    ends = [sentence for text in texts for sentence in sentences(text)]
    broken = [end for end in ends if re.search(r"\b(?:Mr|Mrs|Dr|Gov|Sen|Rep|Gen|Lt)\.$", end)]
    assert len(broken) <= len(ends) / 1000


@pytest.mark.parametrize(
    "text",
    [
        "The Com. & Adm. Services office closed on Friday.",
        "She left Bros. & Sons in May.",
        "He ran the Dept. / Agency of the coast.",
        "The Parks & Rec. Dept. closed the lake.",
        "The Eng. & Tech. Services opened on Friday.",
        "The Off. of Com. Serv. closed on Friday.",
    ],
)
def test_an_abbreviated_name_is_not_cut(text: str) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == [text]


def test_a_sentence_may_end_with_a_firm() -> None:
    text = "She left Smith Bros. & Co. The firm closed."
    assert [text[start:end] for start, end in split_sentences(text)] == [
        "She left Smith Bros. & Co.",
        "The firm closed.",
    ]
