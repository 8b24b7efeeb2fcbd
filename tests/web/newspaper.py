"""A newspaper on 127.0.0.1 over real sockets, in a thread of its own: good pages, and every bad one."""

import asyncio
import gzip
import threading
import zlib
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Self

from aiohttp import web

from index.fetching.settings import FetchSettings
from tests.web import pages
from tests.web.press import Press

MEGABYTE = b"x" * 1_000_000
ENDLESS = 2_000  # megabytes
# The encodings of the web, with words that each of them can write.
CHARSETS = {
    "utf-8": "Žluťoučký kůň, naïve café, 東京",
    "utf-16": "Žluťoučký kůň, naïve café, 東京",
    "windows-1250": "Příliš žluťoučký kůň úpěl",
    "windows-1251": "Съешь же ещё этих мягких",
    "windows-1252": "“naïve café” — déjà vu €",
    "windows-1253": "Ξεσκεπάζω την ψυχοφθόρα",
    "windows-1254": "Pijamalı hasta yağız şoföre",
    "windows-1255": "דג סקרן שט בים מאוכזב",
    "windows-1256": "نص حكيم له سر قاطع",
    "windows-1257": "Įlinkdama fechtuotojo špaga",
    "iso-8859-1": "déjà vu à la façade",
    "iso-8859-2": "Zażółć gęślą jaźń",
    "iso-8859-5": "Съешь же ещё этих мягких",
    "iso-8859-7": "Ξεσκεπάζω την ψυχοφθόρα",
    "iso-8859-9": "Pijamalı hasta yağız şoföre",
    "iso-8859-15": "déjà vu à 5 €",
    "koi8-r": "Съешь же ещё этих мягких",
    "koi8-u": "Чуєш їх, доцю, га? Кумедна ж ти",
    "shift_jis": "色は匂へど散りぬるを",
    "euc-jp": "色は匂へど散りぬるを",
    "iso-2022-jp": "色は匂へど散りぬるを",
    "gb2312": "敏捷的棕色狐狸跳过了懒狗",
    "gb18030": "敏捷的棕色狐狸跳过了懒狗",
    "big5": "敏捷的棕色狐狸跳過了懶狗",
    "euc-kr": "다람쥐 헌 쳇바퀴에 타고파",
    "macintosh": "déjà vu à la façade",
}

HTML = {
    "/news/bridge": pages.story(),
    "/news/mobile": pages.story(canonical="/news/bridge?utm_source=mobile"),
    "/news/theft": pages.story(canonical="https://www.example.com/news/bridge"),
    "/news/teaser": pages.TEASER,
    "/news/consent": pages.CONSENT,
    "/news/robot": pages.ROBOT,
    "/latest": pages.FRONT,
    "/empty": "",
    "/news/blank": pages.bare(""),
    "/news/title": pages.story(title="Endless " * 100_000),
    "/news/deep": f"<html><body>{'<div>' * 200_000}{pages.story()}",
    "/news/many": f"<html><body>{'<p>word ' * 400_000}",
    "/news/entities": pages.story(
        (
            "The mayor&rsquo;s plan &mdash; &#8220;bold&#8221; &amp; cheap &lt;for once&gt; &euro;5&nbsp;m.",
            *pages.PARAGRAPHS,
        )
    ),
    "/news/secret": pages.story(title="Only for people"),
}


@dataclass
class Wanted:
    """An answer of a test's making."""

    body: str | bytes = ""
    kind: str = "application/xml"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    def response(self) -> web.Response:
        body = self.body.encode() if isinstance(self.body, str) else self.body
        headers = {"Content-Type": self.kind, **self.headers}
        response = web.Response(body=body, status=self.status, headers=headers)
        response.force_close()
        return response


class Newspaper:
    """A context manager; `origin` is its address, `seen` counts requests, `headers` keeps each path's last ones."""

    def __init__(self, host: str = "127.0.0.1", port: int = 0) -> None:
        self.host, self.port = host, port
        self.robots = "User-agent: *\nDisallow: /news/secret\n"
        self.robots_status = 200
        self.seen: Counter[str] = Counter()
        self.headers: dict[str, dict[str, str]] = {}
        self.press = Press(self)
        self.wanted: dict[str, Wanted] = {}  # what a test wants at a path
        self.times: dict[str, list[float]] = {}  # when each path was asked for
        self.sent = 0  # megabytes of endless answers, before compression
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(30)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def origin(self) -> str:
        return f"http://{self.host}:{self.port}"

    def settings(self, **changes: object) -> FetchSettings:
        """Fetch settings that open this newspaper and no other host, without a pause."""
        host = frozenset({f"{self.host}:{self.port}"})
        return FetchSettings(
            **{"open_hosts": host, "min_crawl_delay": 0.0, "contact": "mail@example.com", **changes}
        )  # type: ignore[arg-type]

    async def _start(self) -> None:
        app = web.Application()
        app.router.add_get("/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, self.host, self.port).start()
        self.port = self._runner.addresses[0][1]

    async def _stop(self) -> None:
        await self._runner.cleanup()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        path = request.path
        self.seen[path] += 1
        self.headers[path] = dict(request.headers)
        self.times.setdefault(path, []).append(asyncio.get_running_loop().time())
        if (answer := self.press.answer(request)) is not None:
            return answer
        if path in self.wanted:
            etag = self.wanted[path].headers.get("ETag")
            if etag and request.headers.get("If-None-Match") == etag:
                return web.Response(status=304, headers={"ETag": etag})
            return self.wanted[path].response()
        if path == "/robots.txt":
            rules = web.Response(text=self.robots, status=self.robots_status)
            rules.force_close()
            return rules
        if path in HTML:
            response = web.Response(text=HTML[path], content_type="text/html")
            response.set_cookie("reader", "42")
            response.force_close()
            return response
        name, _, rest = path.strip("/").partition("/")
        act = getattr(self, f"_{name}", None)
        if act is None:
            raise web.HTTPNotFound
        made: web.StreamResponse = await act(request, rest)
        return made

    async def _status(self, _: web.Request, code: str) -> web.Response:
        return web.Response(status=int(code), headers={"Retry-After": "120"})

    async def _to(self, request: web.Request, _: str) -> web.Response:
        status = int(request.query.get("status", 302))
        return web.Response(status=status, headers={"Location": request.query["url"]})

    async def _circle(self, request: web.Request, _: str) -> web.Response:
        return web.Response(status=301, headers={"Location": request.path})

    async def _hops(self, _: web.Request, left: str) -> web.Response:
        target = f"/hops/{int(left) - 1}" if int(left) else "/news/bridge"
        return web.Response(status=307, headers={"Location": target})

    async def _huge(self, request: web.Request, _: str) -> web.StreamResponse:
        return await self._stream(request, self._megabytes(), {})

    async def _bomb(self, request: web.Request, _: str) -> web.StreamResponse:
        return await self._stream(request, self._packed(), {"Content-Encoding": "gzip"})

    async def _drip(self, request: web.Request, _: str) -> web.StreamResponse:
        return await self._stream(request, self._drops(), {})

    async def _hang(self, _request: web.Request, _: str) -> web.StreamResponse:
        await asyncio.sleep(60)
        return web.Response()

    async def _flood(self, request: web.Request, _: str) -> web.StreamResponse:
        """Headers without an end."""
        transport = request.transport
        assert transport is not None
        transport.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n")
        while not transport.is_closing():
            if transport.get_write_buffer_size() < 100_000:  # type: ignore[attr-defined]
                self.sent += 1
                header = f"X-{self.sent}: {'x' * 30_000}\r\n"
                transport.write(header.encode())
            await asyncio.sleep(0)
        return web.Response()

    async def _cut(self, request: web.Request, _: str) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html", "Content-Length": "1000000"})
        await response.prepare(request)
        await response.write(b"<html><body>The beginning of")
        assert request.transport is not None
        request.transport.close()
        return response

    async def _damaged(self, _request: web.Request, _: str) -> web.Response:
        packed = gzip.compress(HTML["/news/bridge"].encode())
        body = packed[:30] + b"\xff" * 60 + packed[90:]
        return web.Response(body=body, headers={"Content-Type": "text/html", "Content-Encoding": "gzip"})

    async def _kind(self, _: web.Request, kind: str) -> web.Response:
        return web.Response(body=b"\x89PNG....", headers={"Content-Type": kind})

    async def _header(self, _: web.Request, length: str) -> web.Response:
        headers = {"Content-Type": "text/html", "Content-Security-Policy": "x" * int(length)}
        return web.Response(text=HTML["/news/bridge"], headers=headers)

    async def _plain(self, _request: web.Request, _: str) -> web.Response:
        return web.Response(text="Bridge opens\n\n" + "\n\n".join(pages.PARAGRAPHS))

    async def _charset(self, request: web.Request, name: str) -> web.Response:
        paragraph = f"{CHARSETS[name]} "
        declared = request.query.get("by", "header")
        head = f'<meta charset="{name}">' if declared == "meta" else ""
        html = pages.story((paragraph * 20,) * 3, title=CHARSETS[name], head=head, data={"headline": ""})
        kind = f"text/html; charset={name}" if declared == "header" else "text/html"
        return web.Response(
            body=html.encode("mac-roman" if name == "macintosh" else name), headers={"Content-Type": kind}
        )

    async def _tagged(self, request: web.Request, _: str) -> web.Response:
        headers = {
            "ETag": '"v1"',
            "Last-Modified": "Mon, 11 Nov 2024 18:00:00 GMT",
            "Content-Type": "text/html",
            "Cache-Control": "public, max-age=300",
        }
        if request.headers.get("If-None-Match") == '"v1"':
            return web.Response(status=304, headers=headers)
        return web.Response(text=HTML["/news/bridge"], headers=headers)

    async def _stream(
        self, request: web.Request, pieces: AsyncIterator[bytes], headers: dict[str, str]
    ) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html", **headers})
        await response.prepare(request)
        try:
            async for piece in pieces:
                await response.write(piece)
        except ConnectionError:
            pass
        return response

    async def _megabytes(self) -> AsyncIterator[bytes]:
        for self.sent in range(1, ENDLESS + 1):
            yield MEGABYTE

    async def _packed(self) -> AsyncIterator[bytes]:
        packer = zlib.compressobj(9, wbits=31)
        for self.sent in range(1, ENDLESS + 1):
            yield packer.compress(MEGABYTE)
        yield packer.flush()

    async def _drops(self) -> AsyncIterator[bytes]:
        while True:
            yield b"<"
            await asyncio.sleep(0.05)
