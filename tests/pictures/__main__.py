"""Takes the pictures of the documentation: `python -m tests.pictures`; with a folder, every scene in every form, to look at."""

import asyncio
import sys
import tempfile
from pathlib import Path

from index.archive import Archive
from index.ingest.inputs import read_inputs
from tests.bot.newsroom import online
from tests.browser import chromium, executable
from tests.conftest import MODELS, REPOSITORY
from tests.discord_server import DiscordServer, aimed_at
from tests.pictures.camera import DESK, PHONE, photograph
from tests.pictures.page import page
from tests.pictures.scenes import NOW, SAMPLE, SCENES, reader

FORMS = {"": ("dark", DESK), "-light": ("light", DESK), "-phone": ("dark", PHONE)}
PICTURES = REPOSITORY / "docs" / "pictures"


async def take(folder: Path) -> None:
    """Play every scene on a local Discord and write its pictures into the folder."""
    with tempfile.TemporaryDirectory() as data, Archive.open(Path(data), models=MODELS) as archive:
        archive.add(read_inputs([str(SAMPLE)]))
        async with DiscordServer() as server, chromium() as browser:
            with aimed_at(server.url):
                async with online(server, Path(data), archive):
                    ada = reader(server)
                    for scene in SCENES:
                        shown = await scene.act(server, ada)
                        for form in scene.kept if folder == PICTURES else FORMS:
                            theme, width = FORMS[form]
                            png = await photograph(browser, page(shown, NOW, theme=theme), width=width)
                            (folder / f"{scene.name}{form}.png").write_bytes(png)


if __name__ == "__main__":
    if executable() is None:
        sys.exit(
            "The pictures are taken by Chromium, which is not installed (on Debian: apt-get install chromium)."
        )
    chosen = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES
    chosen.mkdir(parents=True, exist_ok=True)
    asyncio.run(take(chosen))
