"""Small, made-up answers, and strategies for answers nobody would make up."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from index.answering.answers import Answer, AnswerOutcome, Quote, QuoteGroup
from index.articles import Article, Span
from index.attribution.speaker import Speaker
from index.query.question import AnswerType, Question, SmallTalk
from index.stance.judgement import Judgement, Stance

NOW = datetime(2024, 11, 12, 15, 0, tzinfo=UTC)
DAY = datetime(2024, 11, 11, 12, 0, tzinfo=UTC)


def article(text, outlet="Sample Wire", title="A headline", number=1, **rest):
    url = rest.pop("url", f"https://news.example/{outlet.lower().replace(' ', '-')}/{number}")
    return Article(
        url=url, outlet=outlet, title=title, text=text, published=rest.pop("published", DAY), **rest
    )


def quote(
    text, stance=Stance.BACKGROUND, *, context=None, speaker=None, cited_source=None, duplicates=(), **rest
):
    whole = f"{context} {text}" if context else text
    return Quote(
        article(whole, **rest),
        len(whole) - len(text),
        len(whole),
        speaker=speaker,
        cited_source=cited_source,
        judgement=Judgement(stance),
        context=Span(0, len(context)) if context else None,
        duplicates=duplicates,
    )


def question(text="Did Trump call Putin?", **rest):
    return Question(text=text, topic=text, now=NOW, **rest)


def answer(
    *groups, outcome=AnswerOutcome.QUOTES, asked=None, searched_articles=41212, newest_published=DAY, **rest
):
    made = tuple(QuoteGroup(stance, tuple(quotes)) for stance, *quotes in groups)
    return Answer(
        asked or question(),
        outcome,
        made,
        searched_articles=searched_articles,
        newest_published=newest_published,
        **rest,
    )


def call_answer(asked=None, **rest):
    """Reported, denied, no comment: the card the project is about."""
    return answer(
        (
            Stance.REPORTED,
            quote(
                "The Evening Post had claimed that the two men spoke by telephone on Thursday.",
                Stance.REPORTED,
                cited_source="The Evening Post",
                outlet="Sample Wire",
            ),
        ),
        (
            Stance.DENIED,
            quote(
                'However, he called the report "pure fiction."',
                Stance.DENIED,
                context="The spokesman was asked about the call on Monday.",
                speaker=Speaker("Ivan Petrov", "Kremlin spokesman"),
                outlet="Daily Courier",
                duplicates=(article("x", outlet="Other Gazette"), article("y", outlet="Third Herald")),
            ),
        ),
        (
            Stance.NO_COMMENT,
            quote(
                "A campaign spokeswoman declined to comment.",
                Stance.NO_COMMENT,
                outlet="Sample Wire",
                number=2,
            ),
        ),
        outcome=AnswerOutcome.DISAGREE,
        asked=asked or question(answer_type=AnswerType.CLAIM),
        reported_by=("The Evening Post",),
        denied_by=("Ivan Petrov",),
        **rest,
    )


def story(days=8, stance=None):
    """An answer of many quotes, one a day and the newest first, each amid two sentences before and after."""
    quotes = []
    for day in range(days):
        number = days - day
        said = f"On day {number} the bridge was {number} metres long."
        text = f"Long before. Just before.\nRight before {number}. {said} Right after {number}. Soon after.\nAt last."
        source = article(
            text, number=number, published=DAY + timedelta(days=number), outlet=f"Paper {number}"
        )
        at = text.index(said)
        quotes.append(Quote(source, at, at + len(said), judgement=Judgement(stance or Stance.BACKGROUND)))
    return answer((stance, *quotes))


def nothing(asked=None, **rest):
    """Nothing answers; two headlines are near."""
    return Answer(
        asked or question("Who won the cup in 1931?"),
        AnswerOutcome.NOTHING,
        headlines=(
            article("t", title="Cup final postponed *again*", outlet="Daily Courier"),
            article("u", title="Stadium roof to be mended", outlet="Sample Wire", published=None),
        ),
        searched_articles=41212,
        newest_published=DAY,
        **rest,
    )


HOSTILE = (
    "@everyone @here <@80351110224678912> <@&1> <#2> </ask:3> <t:0:R> <id:home> :100: :smile: <a:b:1>",
    "```py\nprint(1)\n``` `x` **b** __u__ ~~s~~ ||spoiler|| *i* _i_",
    "# one\n## two\n-# small\n> quote\n>>> all\n- a\n* b\n+ c\n1. d\n12) e",
    "[click](https://evil.example/) https://evil.example/a_b_c <https://evil.example>",
    "\u202eright to left\u2066\u2067 \u200b\u200c\u200d\ufeff zero\u0000width\ud800 \U0001f469\u200d\U0001f680",
    "\\ \\* \\\\@everyone \\",
)

letters = st.text(max_size=30)
long_text = st.one_of(
    st.text(min_size=1, max_size=60),
    st.sampled_from(HOSTILE),
    st.builds(lambda piece, times: piece * times, st.text(min_size=1, max_size=8), st.integers(1, 4000)),
    st.just("wörd " * 20_000),
    st.just("\u202e" * 5000),
)
names = st.one_of(letters, st.sampled_from(HOSTILE), st.just("*" * 5000))
moments = st.one_of(st.none(), st.datetimes(timezones=st.just(UTC)))
urls = st.one_of(
    st.just("https://news.example/a"),
    st.builds(lambda times: "https://news.example/" + "a" * times, st.integers(400, 700)),
    st.just("https://news.example/" + "b" * 100_000),
    st.sampled_from(
        [
            "javascript:alert(1)",
            "http://",
            "https://[::1",
            "http://a.example:99999/",
            "ftp://a.example/x",
            "",
            "https://bücher.example/ä ö?x=<y>",
            "https://news.example/a b",
            "http://localhost/",
            "https://a.example/\u202e",
        ]
    ),
    letters,
)
articles = st.builds(
    Article,
    url=urls,
    outlet=names,
    title=names,
    text=long_text,
    author=st.none() | names,
    published=moments,
    revised=moments,
)
speakers = st.builds(Speaker, names, st.none() | names)


@st.composite
def quotes(draw):
    source = draw(articles)
    start = draw(st.integers(0, len(source.text) - 1))
    end = draw(st.one_of(st.just(len(source.text)), st.integers(start + 1, len(source.text))))
    context = draw(st.none() | st.just(Span(0, start)))
    return Quote(
        source, start, end,
        speaker=draw(st.none() | speakers),
        cited_source=draw(st.none() | names),
        context=context,
        duplicates=tuple(draw(st.lists(articles, max_size=2))),
    )  # fmt: skip


questions = st.builds(
    Question, text=long_text, topic=letters, now=st.just(NOW), since=moments, until=moments,
    outlets=st.lists(names, max_size=5).map(tuple), filter_phrases=st.lists(names, max_size=5).map(tuple),
    small_talk=st.none() | st.sampled_from(SmallTalk), completed_from=st.none() | long_text,
)  # fmt: skip
groups = st.builds(QuoteGroup, st.none() | st.sampled_from(Stance), st.lists(quotes(), max_size=3).map(tuple))
answers = st.builds(
    Answer, questions, st.sampled_from(AnswerOutcome), st.lists(groups, max_size=4).map(tuple),
    headlines=st.lists(articles, max_size=4).map(tuple), searched_articles=st.integers(0, 10**9), newest_published=moments,
    reported_by=st.lists(names, max_size=5).map(tuple), denied_by=st.lists(names, max_size=5).map(tuple),
    filters_dropped=st.booleans(),
)  # fmt: skip
