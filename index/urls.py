"""Canonicalize the URLs of articles, and compare and resolve URLs."""

import re
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

from index.errors import RefusedArticle

MAX_URL_LENGTH = 4_000  # characters; judged: most servers refuse well before
DEFAULT_PORTS = {"http": 80, "https": 443}

# Query parameters that only say how a reader came here. Names that some sites use for the article itself
# (`id`, `ref`, `source`, `from`, `page`, `v`, `p`, `cid`) are not among them. They stand here and not in
# `index/words`, since `index.text`, which reads that, is built on this module.
_TRACKING_NAMES = """
    fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid srsltid li_fat_id epik
    igshid igsh mc_cid mc_eid mkt_tok _hsenc _hsmi __hstc __hssc __hsfp hsctatracking vero_id vero_conv
    oly_anon_id oly_enc_id wickedid _openstat rb_clickid s_kwcid ef_id dm_i _ga _gl piwik_campaign
    pk_campaign pk_kwd pk_source pk_medium mtm_campaign mtm_source mtm_medium mtm_keyword
    ns_mchannel ns_source ns_campaign ns_linkname ns_fee at_medium at_campaign at_campaign_type
    at_format at_bbc_team at_ptr_name smid smtyp cmp cmpid icmp ocid ftcamp ftag mbid xtor tpcc taid
    feedtype feedname guccounter guce_referrer guce_referrer_sig ref_src ref_url __twitter_impression
    amp_js_v amp_gsa usqp
"""
TRACKING_PARAMETERS = frozenset(_TRACKING_NAMES.split())
TRACKING_PREFIXES = ("utm_", "at_custom", "at_link_")

# A copy of a page in an AMP cache: "https://www.google.com/amp/s/example.com/a",
# "https://example-com.cdn.ampproject.org/c/s/example.com/a".
_AMP_CACHE = re.compile(
    r"https?://(?:www\.google\.[a-z.]{2,6}/amp|[a-z0-9-]+\.cdn\.ampproject\.org/[cv])/(s/)?(.+)"
)
_AMP_ENDINGS = ("/amp", "/amp/", ".amp", ".amp.html")
_ALIAS_LABELS = ("www.", "m.", "mobile.", "amp.", "touch.")


def canonical_url(url: str) -> str:
    """Return the URL under which an article is stored, compared and linked.

    Lower-case scheme and host, no default port, no fragment (but `#!` and `#/`, which choose the page), no
    tracking parameters, no AMP cache or AMP copy, characters escaped as in the WHATWG URL Standard. Every other
    parameter stays, in its place. Idempotent. URLs other than http(s) come back as they are. Raise RefusedArticle
    for what is no URL, is longer than MAX_URL_LENGTH or holds a user name.
    """
    url = url.strip()
    if len(url) > MAX_URL_LENGTH:
        raise RefusedArticle(f"its address is longer than {MAX_URL_LENGTH:,} characters")
    parts = _split(url)
    if parts.scheme not in DEFAULT_PORTS:
        return _opaque_url(url, parts)
    parts = _split(_without_amp_cache(url))
    path = _without_amp(parts.path) or "/"
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    return urlunsplit((parts.scheme, parts.netloc, path, _without_tracking(parts.query), fragment))


def url_aliases(url: str) -> tuple[str, ...]:
    """Return the other URLs under which sites as a rule serve the same page as under `url`.

    http or https, with or without `www.`, with or without a slash at the end. `url` is a canonical URL; one that is
    not http(s) has no aliases.
    """
    parts = urlsplit(url)
    if parts.scheme not in DEFAULT_PORTS:
        return ()
    host = parts.netloc.removeprefix("www.")
    bare = parts.path.rstrip("/")
    ways = (
        urlunsplit((scheme, label + host, path, parts.query, parts.fragment))
        for scheme in ("https", "http")
        for label in ("", "www.")
        for path in ((bare, bare + "/") if bare else ("/",))
    )
    return tuple(way for way in ways if way != url)


def resolve_link(link: str, page: str) -> str | None:
    """Return the absolute http(s) URL of a link on `page` (a URL), None when it has none or is too long."""
    try:
        address = safe_url_string(urljoin(page, link.strip())) if link.strip() else ""
        fits = urlsplit(address).hostname is not None and len(address) <= MAX_URL_LENGTH
    except ValueError:
        return None
    return address if fits and address.startswith(("http://", "https://")) else None


def same_site(one: str, other: str) -> bool:
    """Return True if two URLs have the same host, but for `www`, mobile and AMP labels.

    A page may name a canonical URL only there: else any page could take the place of a newspaper's.
    """
    return _site(one) == _site(other) != ""


def _site(url: str) -> str:
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
    label = next((label for label in _ALIAS_LABELS if host.startswith(label)), "")
    return host.removeprefix(label)


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port  # a port out of range raises only when it is read
    except ValueError as error:
        raise RefusedArticle(f"“{url[:80]}” is not an address") from error
    return parts


def _opaque_url(url: str, parts: SplitResult) -> str:
    if not parts.scheme or not url.isprintable() or not (parts.path or parts.netloc):
        raise RefusedArticle(f"“{url[:80]}” is not an address")
    return url.encode("utf-8", "replace").decode()


def _escape(url: str) -> str:
    try:
        return safe_url_string(url)
    except ValueError as error:  # w3lib passes on what urllib and IDNA say of bad hosts
        raise RefusedArticle(f"“{url[:80]}” is not an address") from error


def _without_amp_cache(url: str) -> str:
    """Return the publisher's own URL, escaped, for that of a copy at Google or ampproject.org, or of a copy of a copy."""
    while cached := _AMP_CACHE.fullmatch(url := _with_normalized_host(_escape(url))):
        url = f"http{'s' if cached[1] else ''}://{cached[2]}"
    return url


def _with_normalized_host(url: str) -> str:
    parts = _split(url)
    return urlunsplit(parts._replace(netloc=_normalized_host(parts)))


def _normalized_host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if not host or "%" in host:
        raise RefusedArticle(f"“{urlunsplit(parts)[:80]}” names no site")
    if parts.username is not None:
        raise RefusedArticle("its address holds a user name; leave out everything up to the @")
    if ":" in host:
        host = f"[{host}]"
    port = parts.port
    return host if port in {None, DEFAULT_PORTS[parts.scheme]} else f"{host}:{port}"


def _without_amp(path: str) -> str:
    """Return the path of the page that an AMP page is a copy of, or a copy of a copy.

    An ending marks a copy only after what looks like a story, not a topic: `/a-storm/amp`, not `/bands/amp`.
    """
    while ending := _amp_ending(path):
        path = path.removesuffix(ending) + "/" * ending.endswith("/")
    return path


def _amp_ending(path: str) -> str:
    """Return the ending by which a path is that of an AMP page; "" for one that is not."""
    for ending in _AMP_ENDINGS:
        story = path.removesuffix(ending)
        if story != path and re.search(r"[-0-9]", story.rpartition("/")[2]):
            return ending
    return ""


def _without_tracking(query: str) -> str:
    return "&".join(pair for pair in query.split("&") if pair and not _is_tracking(pair))


def _is_tracking(pair: str) -> bool:
    name, _, value = pair.lower().partition("=")
    if name in {"amp", "outputtype"}:
        return value in {"", "1", "true", "amp"}
    return name in TRACKING_PARAMETERS or name.startswith(TRACKING_PREFIXES)
