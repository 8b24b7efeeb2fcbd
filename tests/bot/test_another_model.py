"""The index is encoded with another model, by a process on another machine, while bots of the former one run."""

import asyncio

import pytest

from bot.texts import ENGLISH
from index.archive import Archive
from index.errors import OtherEncoder
from tests.bot.fleet import PATIENT, fleet
from tests.bot.test_several_processes import patient  # noqa: F401 - a fixture
from tests.index.conftest import BRIDGE, WHEAT, article

DAM = article("dam", "The Ellwater dam will be opened on Friday, the water board of Norwick said.", day=2)
ASKED = {  # of each article, a question and words of its answer
    BRIDGE.url: ("Why did the harbour bridge in Norwick close?", "cracks in two of its cables"),
    WHEAT.url: ("How much did wheat prices rise in October?", "nine percent"),
    DAM.url: ("When will the Ellwater dam be opened?", "opened on Friday"),
}
FERRY = article("ferry", "The ferry between Norwick and Oldport sailed again on Sunday after a storm.", day=3)
NOT_COMING_IN = ENGLISH("no-news-comes-in")


class People:
    """Somebody new for each question, so that nobody asks too often."""

    def __init__(self, server):
        self.server, self.number = server, 0

    async def card(self, question, place=None):
        self.number += 1
        person = self.server.person(f"Person {self.number}")
        asked = await person.slash(place or self.server.channel, "ask", question=question)
        return await person.waits_for_answer(asked, PATIENT)

    async def all_answered(self):
        """Ask about each article; give the cards."""
        cards = []
        for question, words in ASKED.values():
            cards.append(await self.card(question))
            assert words in cards[-1].text, cards[-1].text
        return cards


@pytest.fixture
def folders(tmp_path, models):
    """The data folders of two machines."""
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        (folder / "models").symlink_to(models)
    return folders


async def test_bots_of_the_former_model_answer_from_what_they_had(
    patient,  # noqa: F811
    tmp_path,
    folders,
    models,
    encoder,
    postgres_address,
):
    server, people = patient, People(patient)
    server.gateway.counts_waves = False
    with Archive(tmp_path / "former", encoder, store=postgres_address) as former:
        former.add([BRIDGE, WHEAT, DAM])
        settings = {"VERBATIM_STORE": postgres_address.url, "VERBATIM_READER": "none"}
        async with fleet(server, tmp_path, **settings) as bots:

            async def starts_another_model(folder, *command):
                module = "tests.bot.run_another_model"
                return await bots.starts_by(
                    module, server.url, str(tmp_path), *command, VERBATIM_DATA=str(folder)
                )

            bot = await bots.starts("--shard-count", "1", VERBATIM_DATA=str(folders[0]))
            await bots.has(1)
            await server.until(lambda: server.commands, "the commands", PATIENT)
            assert NOT_COMING_IN not in "".join(card.text for card in await people.all_answered())

            rebuilding = await starts_another_model(folders[1], "rebuild")
            await server.until((tmp_path / "begun").exists, "the first article", PATIENT)
            with pytest.raises(OtherEncoder, match="VERBATIM_MODEL"):
                await asyncio.to_thread(former.add, [FERRY])
            await server.until(
                lambda: bot.count("no news is taken up any more.*?"), "the bot to know", PATIENT
            )
            assert all(NOT_COMING_IN in card.text for card in await people.all_answered())
            early = await starts_another_model(folders[1], "run", "--shard-count", "1")
            assert await early.ends() == 2
            assert "Another Verbatim is at the rebuild" in early.said

            (tmp_path / "go").touch()
            assert await rebuilding.ends() == 0, rebuilding.said
            assert all(NOT_COMING_IN in card.text for card in await people.all_answered())
            with pytest.raises(OtherEncoder):
                await asyncio.to_thread(former.add, [FERRY])
            assert bot.count("no news is taken up any more; answering from what there was") == 1
            assert await bot.stops() == 0, bot.said
            assert bot.count("fault") == 0, bot.said

            again = await bots.starts("--shard-count", "1", VERBATIM_DATA=str(folders[0]))
            assert await again.ends() == 2
            assert "was made with another language model" in again.said
            other = await starts_another_model(folders[0], "run", "--shard-count", "1")
            await bots.has(1)
            assert NOT_COMING_IN not in "".join(card.text for card in await people.all_answered())
            assert await other.stops() == 0, other.said
            assert "Traceback" not in "".join(one.said for one in bots.members)
