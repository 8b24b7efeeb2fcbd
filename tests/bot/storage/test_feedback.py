"""Votes: one of a person for each answer, without their id."""

from bot.storage import feedback
from bot.storage.feedback import FeedbackStore, Reason, Vote


async def test_the_last_vote_of_a_person_counts(database):
    votes = FeedbackStore(database, clock=lambda: 1_000_000)
    await votes.save(Vote("a", good=True), 1)
    await votes.save(Vote("a", good=False, reason=Reason.MISSING, comment="More!", question="Why?"), 1)
    await votes.save(Vote("a", good=True), 2)
    newest, replaced = await votes.votes()
    assert newest.good
    assert (replaced.reason, replaced.comment, replaced.question) == (Reason.MISSING, "More!", "Why?")
    assert replaced.at.timestamp() == 1_000_000


async def test_no_id_is_stored_and_voters_of_two_answers_cannot_be_joined(database):
    votes = FeedbackStore(database)
    for answer in "ab":
        await votes.save(Vote(answer, good=True), 80351110224678912)
    rows = await database.fetch_all("SELECT * FROM feedback")
    assert "80351110224678912" not in str(rows)
    assert len({row[1] for row in rows}) == 2
    assert await votes.delete_person(80351110224678912) == 2
    assert await votes.votes() == []


async def test_the_oldest_votes_are_deleted_first(database, monkeypatch):
    monkeypatch.setattr(feedback, "MAX_VOTES", 2)
    votes = FeedbackStore(database)
    for answer in "abc":
        await votes.save(Vote(answer, good=True), 1)
    assert [vote.answer_id for vote in await votes.votes()] == ["c", "b"]
