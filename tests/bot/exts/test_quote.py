"""People paste words somebody is said to have said."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.storage.answers import AnswerRef
from bot.texts import ENGLISH, LANGUAGES, Texts
from bot.ui.card import CARD, MAX_COMPONENTS
from bot.ui.markdown import unescape
from bot.ui.quote_search_card import quote_search_card
from index.answering.answers import Quote, QuoteMatch, QuoteSearchResult
from index.answering.quote_alignment import AlignedSegment, SegmentKind
from index.archive import Archive
from tests.bot.newsroom import online
from tests.bot.samples import HOSTILE, NOW, article
from tests.bot.samples import quotes as any_quotes

FENN = "“We will not close the school, and we will not raise the fee,” said Ada Fenn, the mayor of Norwick."


@pytest.fixture
def archive(tmp_path, models):
    with Archive.open(tmp_path / "news", models=models) as archive:
        archive.add(
            [
                article(FENN, outlet="Daily Courier"),
                article("The old bridge is closed for repairs until May."),
            ]
        )
        yield archive


@pytest.fixture
async def bot(discord_server, tmp_path, archive):
    async with online(discord_server, tmp_path, archive) as running:
        yield running


async def test_a_twisted_quote_is_shown_as_it_was_printed_and_how_it_differs(discord_server, bot):
    ada = discord_server.person("Ada")
    asked = await ada.slash(
        discord_server.channel, "quote", words="We will close the school and we will never raise the fee"
    )
    seen = await ada.waits_for_answer(asked)
    assert not seen.ephemeral
    assert ENGLISH("quotation-nearly") in seen.text
    [said] = [text for text in seen.texts if text.startswith("> ")]
    assert "“We will **not** close the school, and we will **not** raise the fee,” said Ada Fenn" in said
    assert unescape(said.split("\n")[0][2:].replace("**", "")) == FENN
    assert "**Daily Courier** · Ada Fenn" in said
    assert "-# the article also has “not” here" in said
    assert "-# “never” is “not” in the article" in said
    assert len(seen.links) == 1


async def test_exact_words_are_called_exact(discord_server, bot):
    ada = discord_server.person("Ada")
    asked = await ada.slash(
        discord_server.channel, "quote", words="we will not close the school", private=True
    )
    seen = await ada.waits_for_answer(asked)
    assert seen.ephemeral
    assert ENGLISH("quotation-exact") in seen.text
    assert "differs" not in seen.text


async def test_words_no_article_has_are_not_called_false(discord_server, bot):
    ada = discord_server.person("Ada")
    seen = await ada.waits_for_answer(
        await ada.slash(ada.direct, "quote", words="The moon is made of green cheese")
    )
    assert ENGLISH("quotation-nothing") in seen.text
    assert ENGLISH("quotation-footer") in seen.text
    assert not seen.links


async def test_two_words_are_refused_in_private(discord_server, bot):
    ada = discord_server.person("Ada", locale="fr")
    seen = await ada.waits_for_answer(await ada.slash(discord_server.channel, "quote", words="two words"))
    assert seen.ephemeral
    assert seen.text == Texts("fr")("error-quotation-short", least=3)


async def test_an_outlet_narrows_the_search(discord_server, bot):
    ada = discord_server.person("Ada")
    choices = await ada.types(discord_server.channel, "quote", "outlet", "wire", words="x")
    assert [choice["name"] for choice in choices] == ["Sample Wire"]
    asked = await ada.slash(
        discord_server.channel, "quote", words="we will not close the school", outlet="sample wire"
    )
    expected = ENGLISH("quotation-nothing-in", names="Sample Wire")
    assert expected in (await ada.waits_for_answer(asked)).text


async def test_the_quotes_of_several_outlets_are_all_reached(discord_server, bot, archive):
    outlets = ("Daily Courier", "Evening Post", "Norwick News", "Sample Gazette", "Sample Wire")
    archive.add(
        [
            article(f"“We will not close the school,” she told {outlet} and {week} others.", outlet)
            for week, outlet in enumerate(outlets)
        ]
    )
    ada = discord_server.person("Ada")
    seen = await ada.waits_for_answer(
        await ada.slash(discord_server.channel, "quote", words="we will not close the school", private=True)
    )
    assert len(seen.links) == 3
    assert seen.labels == ["More quotes (2)", "Context", "Share"]
    more = await ada.waits_for_answer(await ada.click(seen, "More quotes (2)"))
    assert len(more.links) == 2
    named = re.findall(r"^\*\*([\w ]+)\*\* ·", f"{seen.text}\n{more.text}", re.MULTILINE)
    assert len(set(named)) == 5


async def test_the_sentences_around_show_whether_words_were_torn_out(discord_server, bot, archive):
    archive.add(
        [article(f"A reporter asked about rumours. {FENN} Later she smiled at the cameras.", "Evening Post")]
    )
    ada = discord_server.person("Ada")
    asked = await ada.slash(
        discord_server.channel, "quote", words="we will not close the school", outlet="evening post"
    )
    around = await ada.waits_for_answer(await ada.click(await ada.waits_for_answer(asked), "Context"))
    assert around.ephemeral
    assert f"A reporter asked about rumours. **{FENN}** Later she smiled at the cameras." in unescape(
        around.text
    )


@st.composite
def matches(draw):
    source = draw(any_quotes())
    plain = Quote(
        source.article,
        source.start,
        source.end,
        source.speaker,
        source.cited_source,
        duplicates=source.duplicates,
    )
    middle = draw(st.integers(0, len(plain.text)))
    pieces = [
        AlignedSegment(SegmentKind.SAME, plain.text[:middle]),
        AlignedSegment(SegmentKind.DIFFERENT, plain.text[middle:]),
    ]
    pieces.insert(
        draw(st.integers(0, 2)),
        AlignedSegment(
            SegmentKind.MISSING, draw(st.text(min_size=1, max_size=50) | st.sampled_from(HOSTILE))
        ),
    )
    return QuoteMatch(plain, 0.9, tuple(piece for piece in pieces if piece.text))


@settings(deadline=None, max_examples=50)
@given(
    st.builds(
        QuoteSearchResult,
        st.text(max_size=2000) | st.sampled_from(HOSTILE),
        st.lists(matches(), max_size=5).map(tuple),
        st.integers(0, 10**9),
        st.just(NOW),
    ),
    st.sampled_from(LANGUAGES),
)
def test_any_result_keeps_discords_limits(found, language):
    card = quote_search_card(found, Texts(language), AnswerRef("a" * 11, shareable=True))
    assert card.size <= CARD.text
    assert card.components <= MAX_COMPONENTS
