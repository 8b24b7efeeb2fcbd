"""Notices on an article itself are its context and no answers; sentences that tell of a correction stay quotable."""

import pytest

from index.archive import Archive
from index.articles import Article
from index.furniture import line_model
from index.furniture.correction_notices import MAX_NOTICE_LENGTH, notice_mask
from index.furniture.line_model import LineModel, bundled_line_model
from index.text.sentence_splitter import split_sentences

NEWS = "The harbour bridge in Norwick closed on Monday after engineers found cracks in two of its cables."
MORE = "Mayor Ada Fenn said the repairs would take six weeks and cost four million pounds."
ERROR = "The bridge was closed on Tuesday."

NOTICES = (
    # labels: a colon or a dash, capitals, dates, two of them, marks around them
    "Correction: The repairs will take six weeks, not six months.",
    "CORRECTION: Ada Fenn is the mayor of Norwick, not of Garton.",
    "Correction (May 5, 2026): The bridge has two cables.",
    "Correction, 5 May 2026 — The bridge has two cables, not three.",
    "Corrections & Clarifications: The date of the closing was wrong.",
    "Corrections and clarifications: Garton’s rules have been updated.",
    "Clarification: The mayor spoke of the repairs, and not of the new bridge.",
    "Editor's note: Ann Kell is a professor of engineering in Garton.",
    "EDITOR’S NOTE – The names of both engineers were changed.",
    "*Editors’ note: This is the second of three parts.",
    "(Correction: Two cables had cracks.)",
    "Update and correction: The council voted on Tuesday.",
    "Erratum: The cables are of steel.",
    # what a version said
    "An earlier version of this article said that the bridge was closed on Tuesday.",
    "A previous version of this story misstated the cost of the repairs.",
    "The original version of this report incorrectly said that three cables had cracks.",
    "In an earlier version of this piece, the mayor was named as Ida Fenn.",
    "Due to an editing error, an earlier version of this column gave the wrong day.",
    "An earlier version of the story misidentified the mayor.",
    "An early version of this story had incorrect figures for the cost.",
    "A previous photo caption misidentified the bridge.",
    "Sports: A previous version of this tweet about coach Bob Roth included a misspelling.",
    # what was done to it
    "This article was amended on 5 May 2026 to give the right day.",
    "This story and its headline have been updated to reflect the vote of the council.",
    "This story, originally published in March, has been updated with the vote.",
    "This page has been updated to correct the name of the mayor.",
    "This report was corrected on Nov. 3, 2026, to reflect the vote of the council.",
    "The article has since been updated to clarify what the mayor said.",
    "This article originally misstated the number of cables.",
    "This story initially said that nobody was on the bridge.",
    "We have corrected this article, in which the mayor had another name.",
    # other languages
    "Korrektur: Die Brücke wurde am Montag gesperrt.",
    "Anmerkung der Redaktion: Der Name wurde geändert.",
    "In einer früheren Version dieses Artikels hieß es, die Brücke sei am Dienstag gesperrt worden.",
    "Dieser Artikel wurde am 5. Mai aktualisiert, um den Tag zu berichtigen.",
    "Une précédente version de cet article donnait une autre date.",
    "Rectificatif : le pont a deux câbles, et non trois.",
    "Una versión anterior de este artículo decía que el puente cerró el martes.",
    "Uma versão anterior desta reportagem dizia que a ponte fechou na terça.",
    "Erramos: a ponte fechou na segunda, e não na terça.",
    "У попередній версії цієї статті йшлося про вівторок.",
    "Уточнення: міст закрили в понеділок.",
)
SENTENCES = (
    "The ministry issued a correction on Friday.",
    "The newspaper published a correction and an apology on its front page.",
    "In a correction, the ministry said that nine people had died.",
    "An earlier version of the bill misstated the tax on ferries.",
    "The original version of “The Ferry” was released in 1989.",
    "Corrections officers found the prisoner in the harbour of Garton.",
    "Correction officials in Garton: one of them, Bob Roth, was hurt.",
    "A correction of more than ten percent would wipe out the gains of the year.",
    "The editor's note was read aloud in court on Monday.",
    "The report was amended on Friday to include the dead of Garton, the ministry said.",
    "This law was amended on Friday to include ferries.",
    "This video wrongly claims that the bridge fell, the fact checkers wrote.",
    "The article was updated to remove the minister's name, the court heard.",
    "The Garton Times had to correct its article about the mayor.",
    "The mayor clarified on Monday that the repairs would take six weeks.",
    "“Correction: it was a disaster,” the mayor told the council.",
    "“It was bad. Correction: it was a disaster. Nobody had looked at the cables,” the mayor said.",
    "The previous version of the bridge, built in 1911, had four cables.",
    "We have updated our plans for this bridge, the mayor said.",
    "Note the date: the bridge opens on Friday, six weeks after it closed.",
    "Dieses Gesetz wurde am Freitag geändert.",
    "Das Ministerium veröffentlichte am Freitag eine Korrektur.",
)


def masked(text: str, title: str = "The bridge in Norwick") -> list[str]:
    """Return the lines of an article that stand in notices."""
    article = Article("https://elm.example.com/a", "Elm News", title, text)
    lines = split_sentences(text)
    return [
        text[line.start : line.end]
        for line, is_notice in zip(lines, notice_mask(article, lines), strict=True)
        if is_notice
    ]


@pytest.mark.parametrize("place", ["start", "middle", "end"])
@pytest.mark.parametrize("notice", NOTICES)
def test_a_notice_is_context_up_to_the_end_of_its_paragraph(notice: str, place: str) -> None:
    paragraphs = [NEWS, MORE, MORE]
    paragraphs.insert({"start": 0, "middle": 2, "end": 3}[place], f"{notice} {ERROR}")
    found = masked("\n".join(paragraphs))
    assert found[-1].endswith(ERROR)
    assert not {NEWS, MORE} & set(found)


@pytest.mark.parametrize("notice", NOTICES)
def test_a_notice_glued_to_the_last_paragraph_is_context(notice: str) -> None:
    found = masked(f"{NEWS}\n{MORE} {notice} {ERROR}")
    assert found[-1].endswith(ERROR)
    assert not any(sentence in " ".join(found) for sentence in (NEWS, MORE))


@pytest.mark.parametrize("place", ["{0}\n{1} {2}", "{1} {0} {2}", "{1}\n{2} {0}"])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_that_tells_of_a_correction_stays_quotable(sentence: str, place: str) -> None:
    assert masked(place.format(sentence, NEWS, MORE)) == []


@pytest.mark.parametrize("heading", ["Correction", "CLARIFICATION:", "Editor’s note", "Berichtigung"])
def test_the_paragraph_below_a_heading_is_a_notice_where_it_speaks_of_the_article(heading: str) -> None:
    notice = "The repairs were given as six months in this article, which was wrong."
    assert masked(f"{NEWS}\n{heading}\n{notice} {ERROR}\n{MORE}")[-2:] == [notice, ERROR]
    assert NEWS not in masked(f"{heading}\n{NEWS}\n{MORE}")


def test_no_more_of_an_article_in_one_paragraph_is_a_notice_than_its_first_sentence() -> None:
    notice = "This article was amended on 5 May 2026."
    rest = " ".join([NEWS] * (MAX_NOTICE_LENGTH // len(NEWS) + 1))
    assert masked(f"{notice} {rest}") == [notice]


def test_a_list_of_corrections_holds_notices_only() -> None:
    text = f"News: A front-page story on July 12 misstated the day. {ERROR}\nLife: {MORE}"
    assert len(masked(text, "Corrections & Clarifications 2026")) == len(split_sentences(text))
    assert masked(text, "Corrections officers find a prisoner") == []


def test_a_notice_is_furniture_on_sight() -> None:
    text = f"{NEWS}\nCorrection: The repairs will take six weeks. {ERROR}"
    lines = split_sentences(text)
    article = Article("https://elm.example.com/a", "Elm News", "The bridge in Norwick", text)
    first, *rest = bundled_line_model().furniture_counts(article, lines).tolist()
    assert first > 1
    assert rest == [1] * len(rest)


def test_lines_are_judged_anew_when_the_rules_change(monkeypatch: pytest.MonkeyPatch) -> None:
    fitted = '{"constant": 0.0, "threshold": 0.0, "weights": {}}'
    before = LineModel.from_json(fitted).form
    monkeypatch.setattr(line_model, "RULES_VERSION", line_model.RULES_VERSION + 1)
    assert LineModel.from_json(fitted).form != before


def test_what_was_wrong_is_not_quoted_and_stays_in_the_context(tmp_path, encoder) -> None:
    corrected = "The repairs of the bridge in Norwick will take six months, we wrote on Tuesday."
    text = f"{NEWS} {MORE}\nCorrection: The day of the closing was wrong. {corrected}"
    story = Article("https://elm.example.com/a", "Elm News", "The bridge in Norwick", text)
    with Archive(tmp_path, encoder) as archive:
        archive.add([story])
        quotes = archive.ask("How long will the repairs of the bridge in Norwick take?").quotes
        assert [quote.text for quote in quotes if "six weeks" in quote.text]
        assert not [quote.text for quote in quotes if "six months" in quote.text]
        context = archive.context(story.url, MORE, text.index(MORE))
        assert corrected in [text[span.start : span.end] for span in context.after]
