"""What a page is, beside its text: an article, a part of one, a live blog, a video, or no article at all."""

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from index.articles import ArticleKind
from index.parsing.page_metadata import PageMetadata

SHORT = 150  # words: less may be a teaser, a notice or a consent form; more is an article
FEWEST = 25  # words of the shortest flash that is an article
PART = 0.7  # of the words a page says its article has: with fewer it is a part of it
LONG = 400  # words that no site gives away of an article for subscribers
HIDDEN = 40  # words of a section for subscribers: fewer are its notice, not the section

_WORD = re.compile(r"\w+")
# What the visitor meets instead of the page. Each is enough only in a short text.
_CONSENT = re.compile(
    r"\b(?:we(?: and our \d* ?partners)? use cookies|before you continue|accept all|reject all|manage (?:my )?(?:cookies|options|"
    r"preferences|choices)|cookie (?:policy|settings|preferences)|your (?:privacy choices|consent)|"
    r"legitimate interest|withdraw your consent|store and/or access information|"
    r"(?:wir|wij) (?:verwenden|gebruiken) cookies|alle(?:s)? (?:akzeptieren|ablehnen|accepteren|weigeren)|berechtigtes interesse|"
    r"einwilligung widerrufen|weiter mit werbung|mit werbung (?:weiter)?lesen|"
    r"nous utilisons des cookies|tout (?:accepter|refuser)|continuer sans accepter|intérêt légitime|"
    r"utilizamos cookies|(?:aceptar|rechazar) tod[oa]s?|(?:aceitar|rejeitar) tudo|(?:interés|interesse) legítimo|"
    r"utilizziamo i cookie|(?:accetta|rifiuta) tutt[oi]|ми використовуємо файли cookie|(?:прийняти|відхилити) всі)\b",
    re.IGNORECASE,
)
_ROBOT = re.compile(
    r"\b(?:are you a robot|verify(?:ing)? (?:that )?you are (?:a )?human|unusual (?:traffic|activity) from your|"
    r"checking your browser|enable javascript and cookies|please enable js|access (?:to this page has been )?denied|"
    r"attention required|complete the captcha|not a robot|sind sie ein (?:roboter|mensch)|kein roboter|"
    r"êtes-vous un robot|(?:pas|nest pas) un robot|no (?:soy|eres) un robot|não sou um robô|не робот)\b",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"\b(?:subscribe (?:now )?to (?:continue|keep|read|unlock)|(?:to|and) (?:continue|keep) reading|"
    r"already a (?:subscriber|member)|for subscribers only|subscriber[- ]only|only for subscribers|"
    r"exclusive to subscribers|(?:article|story|content) is (?:for|available to|reserved for) (?:\w+ )?(?:subscribers|members)|"
    r"start your (?:free )?trial|unlock (?:this|the full) (?:article|story)|log ?in or subscribe|"
    r"register (?:for free )?to (?:continue|keep|read)|"
    r"(?:nur|exklusiv) für abonnenten|bereits abonnent|(?:artikel|jetzt) weiterlesen|(?:abonnieren|abo testen) und weiterlesen|"
    r"réservé aux abonnés|déjà abonné|abonnez-vous pour|pour lire la suite|reste \d+ ?% de cet article|"
    r"(?:exclusivo|solo) para suscriptores|suscríbete para|ya (?:eres|soy) suscriptor|seguir leyendo|"
    r"(?:exclusivo|só) para assinantes|assine para|já (?:é|sou) assinante|continue lendo|"
    r"riservato agli abbonati|abbonati per|sei già abbonato|alleen voor abonnees|"
    r"(?:тільки|лише) для передплатників|оформіть передплату)\b",
    re.IGNORECASE,
)
_LIVE_ADDRESS = re.compile(
    r"(?:^|[/_-])(?:live-?blog|live-?(?:updates?|news|coverage|ticker)|liveticker|live-?story|en-direct|en-vivo|ao-vivo)(?:[/_-]|$)",
    re.IGNORECASE,
)
_LIVE_TITLE = re.compile(
    r"\blive (?:updates?|blog|coverage)\b|\bas it happened\b|\blive-?ticker\b|^live:|\ben direct\b.*:|\ben vivo\b.*:|\bao vivo\b.*:",
    re.IGNORECASE,
)


def rejection_reason(text: str, title: str, meta: PageMetadata, tree: HtmlElement, url: str) -> str | None:
    """Say in words why a page is no article to take in, or None."""
    return _is_interstitial(text, title, meta) or _listing(text, meta, tree, url)


def page_kind(text: str, title: str, meta: PageMetadata, tree: HtmlElement, url: str) -> ArticleKind:
    """Say what a reader should be told of an article: that it is a live blog, a video's text, or only its beginning."""
    if meta.live or _LIVE_ADDRESS.search(urlsplit(url).path) or _LIVE_TITLE.search(title):
        return ArticleKind.LIVE
    if not meta.free and _is_paywalled(text, meta, tree):
        return ArticleKind.EXCERPT
    return ArticleKind.VIDEO if meta.video and not meta.article else ArticleKind.STORY


def count_words(text: str) -> int:
    """Count words; five letters make one where no spaces do (Chinese, Japanese, Thai)."""
    words = _WORD.findall(text)
    return max(len(words), sum(map(len, words)) // 5 if len(words) * 12 < sum(map(len, words)) else 0)


def _is_interstitial(text: str, title: str, meta: PageMetadata) -> str | None:
    words = count_words(text[:20_000])
    shown = f"{title}\n{text[:20_000]}"
    if words >= SHORT:
        return None
    if _ROBOT.search(shown):
        return "the site asks whether we are a robot and shows no article"
    if len(set(map(str.casefold, _CONSENT.findall(shown)))) >= 2 or shown.casefold().count("cookie") >= 3:
        return "the page asks for consent to cookies and shows no article"
    if not meta.free or _PAYWALL.search(shown):
        return "only the beginning can be read without a subscription"
    if meta.video and not meta.article:
        return "the page shows a video and no article text"
    if words < FEWEST:
        return "the page holds no article text"
    return None


def _is_paywalled(text: str, meta: PageMetadata, tree: HtmlElement) -> bool:
    """Say whether a text for subscribers stops short, by its length or by what the page says is for them."""
    words = count_words(text)
    if meta.words and words < PART * meta.words:
        return True
    if not meta.closed or words > LONG:
        return False
    closed = [one for one in tree.iter() if meta.closed in (one.get("class") or "").split()]
    return sum(count_words(one.text_content()) for one in closed[:50]) < HIDDEN


def _listing(text: str, meta: PageMetadata, tree: HtmlElement, url: str) -> str | None:
    """Tell a list of other pages by its links: far more headlines that link away than paragraphs."""
    parts = urlsplit(url)
    home = parts.scheme in {"http", "https"} and parts.path in {"", "/"} and not parts.query
    if home or (meta.listing and not meta.article):
        return "the page is a list of articles, not one"
    if meta.article:
        return None
    headlines = sum(1 for link in tree.iter("a") if len(link.text_content().split()) >= 5)
    paragraphs = sum(1 for line in text.split("\n") if len(line) >= 120)
    return (
        "the page is a list of articles, not one" if headlines >= 15 and paragraphs * 3 < headlines else None
    )
