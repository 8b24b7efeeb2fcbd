"""A server on 127.0.0.1 that gives every request the same bytes, for what no library would send."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from index.fetching.settings import FetchSettings


@asynccontextmanager
async def answering(answer: bytes) -> AsyncIterator[tuple[str, FetchSettings]]:
    """Yield the server's address, and fetch settings that open it."""

    async def answer_one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(answer)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer_one, "127.0.0.1", 0)
    place = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield f"http://{place}", FetchSettings(open_hosts=frozenset({place}), min_crawl_delay=0.0)


def http(body: bytes, *headers: bytes, status: bytes = b"200 OK") -> bytes:
    """Return an answer with these lines of headers."""
    lines = (b"HTTP/1.1 " + status, b"Connection: close", b"Content-Length: %d" % len(body), *headers)
    return b"\r\n".join(lines) + b"\r\n\r\n" + body
