"""`/healthz`, `/readyz` and `/metrics` for whoever runs the bot, on aiohttp, where VERBATIM_HTTP says."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

from aiohttp import web
from prometheus_client import ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from bot.config import BadSettings, HttpAddress
from bot.logs import log
from bot.metrics import Metrics
from bot.monitoring.state_collector import StateCollector
from bot.monitoring.status import BotStatus, is_ready

CLOSE_TIMEOUT = 1.0  # seconds that requests have to end; judged


@asynccontextmanager
async def serve_operators(
    address: HttpAddress | None, status: BotStatus, metrics: Metrics
) -> AsyncIterator[None]:
    """Serve during the block; do nothing without an address. Raise BadSettings when it cannot be listened on."""
    if address is None:
        yield
        return
    metrics.registry.register(StateCollector(status))
    ProcessCollector(registry=metrics.registry)
    with ThreadPoolExecutor(1, "metrics") as executor:
        runner = web.AppRunner(
            _app(status, metrics, executor), access_log=None, shutdown_timeout=CLOSE_TIMEOUT
        )
        await runner.setup()
        try:
            await _listen(runner, address)
            log.info("serving health and metrics", address=str(address))
            yield
        finally:
            await runner.cleanup()


def _app(status: BotStatus, metrics: Metrics, executor: ThreadPoolExecutor) -> web.Application:
    async def healthz(request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(request: web.Request) -> web.Response:
        checks = status.checks()
        text = "".join(f"{part}: {state}\n" for part, state in checks.items())
        return web.Response(text=text, status=200 if is_ready(checks) else 503)

    async def latest(request: web.Request) -> web.Response:
        # in one thread: it reads the database, and two at once would read it twice
        body = await asyncio.get_running_loop().run_in_executor(executor, generate_latest, metrics.registry)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})

    app = web.Application()
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/metrics", latest)
    return app


async def _listen(runner: web.AppRunner, address: HttpAddress) -> None:
    """Raise BadSettings when the address cannot be listened on."""
    try:
        await web.TCPSite(runner, address.host, address.port).start()
    except OSError as error:
        raise BadSettings(
            f"VERBATIM_HTTP: {address} cannot be listened on ({error.strerror or error}). Another program may use the "
            "port, or this machine has no such address: choose another, or leave it empty."
        ) from None
