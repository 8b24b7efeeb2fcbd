"""Chromium, for tests of what people see and click: loopback only, everything else is told not to exist."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, async_playwright

_QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip


def executable() -> str | None:
    """Find a Chromium that is installed, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


needs_chromium = pytest.mark.skipif(executable() is None, reason="no Chromium is installed")


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Run a headless Chromium; it is gone when the block ends."""
    async with async_playwright() as library:
        browser = await library.chromium.launch(executable_path=executable(), args=list(_QUIET))
        try:
            yield browser
        finally:
            await browser.close()
