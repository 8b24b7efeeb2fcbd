"""Pages on which something above or beside a sentence begins as it does, or is in another script."""

from tests.highlights.hard_pages import DROP, NEXT, STORY, HardPage

_TEASER = "<nav><p><a href=/1>{}</a></p><p><a href=/2>Sport and chess</a></p></nav>"
_RU = "Президент сказал, что переговоры продолжатся в пятницу в Москве."

TEASED_PAGES = (
    HardPage(
        "teaser above the lead",
        "",
        f"<p>⟦{STORY}⟧ {NEXT}</p>",
        above=_TEASER.format("The harbour master said on Sunday that her crews were tired of it."),
        is_first=True,
    ),
    HardPage(
        "headline like the lead",
        "",
        f"<p>⟦{STORY}⟧ {NEXT}</p>",
        is_first=True,
        headline=STORY.rstrip("."),
    ),
    HardPage(
        "Japanese before Russian",
        "",
        f"<p>今日は雨です。明日は雪です。</p><figure><figcaption>Ferries.</figcaption></figure><p>⟦{_RU}⟧ Потом снег.</p>",
    ),
    HardPage(
        "standfirst like the lead",
        f".cap::first-letter{DROP}",
        "<p class=standfirst>The harbour master said on Friday that all nine ferries were safe and sound.</p>"
        f"<p class=cap>⟦{STORY}⟧ {NEXT}</p>",
        is_first=True,
    ),
    HardPage(
        "teaser below the lead",
        ".link{display:inline-block}",
        f"<p>⟦{STORY.replace('all nine ferries', '<a class=link href=/f>all nine ferries</a>')}⟧ {NEXT}</p>"
        f"<aside><a href=/3>{STORY}</a></aside>",
        is_first=True,
    ),
    HardPage(
        "caption like the sentence",
        "",
        "<figure><img width=9 height=9><figcaption>The harbour master said on Friday</figcaption></figure>"
        f"<p>⟦{STORY}⟧ {NEXT}</p>",
    ),
    HardPage(
        "Korean teaser above the lead",
        "",
        "<p>⟦대통령은 금요일 서울에서 열린 회담을 다음 주에도 계속하겠다고 말했다.⟧ 내일은 눈이 온다.</p>",
        above=_TEASER.format("대통령은 금요일 서울에서 아무 말도 하지 않았다."),
        is_first=True,
    ),
    HardPage(
        "Russian teaser above the lead",
        "",
        f"<p>⟦{_RU}⟧ Потом снег.</p>",
        above=_TEASER.format("Президент сказал, что переговоры закончены."),
        is_first=True,
    ),
    HardPage(
        "live blog",
        "",
        "<h3>09:10</h3><p>The harbour master said on Friday that all was well.</p>"
        "<h3>10:20</h3><p>The harbour master said on Friday that all nine ferries were in.</p>"
        f"<h3>11:30</h3><p>⟦{STORY}⟧ {NEXT}</p>",
    ),
    HardPage(
        "Japanese key points above the lead",
        "",
        "<ul class=key-points><li>大統領は金曜日に東京で会談を始めた</li><li>雪が降る</li></ul>"
        "<p>⟦大統領は金曜日に東京で会談を続けると述べた。⟧明日は雪です。</p>",
        is_first=True,
    ),
)
