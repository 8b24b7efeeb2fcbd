"""The pictures: the real bot, its real cards, a real browser."""

import io

import pytest
from PIL import Image

from index.archive import Archive
from index.ingest.inputs import read_inputs
from tests.bot.newsroom import online
from tests.browser import chromium, needs_chromium
from tests.pictures.camera import NARROW, PHONE, photograph
from tests.pictures.page import page
from tests.pictures.scenes import NOW, SAMPLE, SCENES, reader

OVERFLOWING = """() => [...document.querySelectorAll("main *")].filter(
    (one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflow === "visible" && one.clientWidth
        || one.getBoundingClientRect().right > innerWidth
).map((one) => one.outerHTML.slice(0, 200))"""


@pytest.fixture
def archive(models, tmp_path):
    with Archive.open(tmp_path / "data", models=models) as opened:
        opened.add(read_inputs([str(SAMPLE)]))
        yield opened


@needs_chromium
async def test_every_scene_fits_a_phone_with_all_of_its_links(discord_server, tmp_path, archive):
    async with online(discord_server, tmp_path, archive), chromium() as browser:
        tab = await browser.new_page(viewport={"width": NARROW, "height": 640})
        ada = reader(discord_server)
        for scene in SCENES:
            shown = await scene.act(discord_server, ada)
            await tab.set_content(page(shown, NOW))
            assert await tab.evaluate(OVERFLOWING) == [], scene.name
            links = await tab.eval_on_selector_all("a[target]", "all => all.map((one) => one.href)")
            assert links == [link for seen in shown for link in getattr(seen, "links", [])]


@needs_chromium
async def test_a_picture_is_small_and_as_wide_as_asked(tmp_path):
    async with chromium() as browser:
        png = await photograph(browser, page([], NOW), width=PHONE)
    picture = Image.open(io.BytesIO(png))
    assert (picture.format, picture.width) == ("PNG", 2 * PHONE)
    assert len(png) < 10_000


def test_no_two_scenes_have_one_name():
    assert len({scene.name for scene in SCENES}) == len(SCENES)
