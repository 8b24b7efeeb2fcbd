"""Pages that are hard to link into: each has one sentence, between marks, whose words the markup or style tears apart.

A page is a kind, its style, and its inside. `⟦` and `⟧` stand around what the highlight should cover; text in
an element with `data-unseen` inside them is no part of it. The rest of the page is the same for all.
"""

from dataclasses import dataclass

_PICTURE = (
    "<img alt='' width=12 height=12 "
    "src='data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'>"
)
_ICON = "<svg width=10 height=10 viewBox='0 0 10 10'><circle cx=5 cy=5 r=4 /></svg>"
_UNSEEN_STYLE = (
    ".visually-hidden{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip:rect(0,0,0,0)}"
)
_BEFORE = (
    "<p>Wind of force ten closed the docks of Garton at dawn, and the lighthouse was manned for the night.</p>"
    "<p>Fishermen tied up their boats along the northern quay. Two tugs were kept under steam all the same.</p>"
)
_AFTER = (
    "<p>The weather service expects the gale to blow itself out before noon on Sunday, its forecast reads.</p>"
    "<p>Lorries queued for six miles behind the customs house, where volunteers handed out soup and blankets.</p>"
    "<p>In the old town, cellars were pumped dry by the fire brigade, which counted ninety calls since dusk.</p>"
)
STORY = "The harbour master said on Friday that all nine ferries would sail again on Monday."
NEXT = "Her deputy had spoken of Tuesday."


@dataclass(frozen=True, slots=True)
class HardPage:
    """A page whose sentence is hard to link to."""

    kind: str
    style: str
    inside: str
    above: str = ""  # what stands over the headline: a menu, teasers
    is_first: bool = False  # the article begins with it
    headline: str = "Gale shuts Garton"

    @property
    def html(self) -> str:
        """Give the whole page; the marks have become comments, which no reader of it sees."""
        page = (
            f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{self.headline}</title>"
            f"<meta property=og:type content=article><meta property=og:title content='{self.headline}'>"
            "<meta property=og:site_name content='Harbour Daily'>"
            f"<style>{self.style}</style></head><body>{self.above}<main><article><h1>{self.headline}</h1>"
            f"{'' if self.is_first else _BEFORE}{self.inside}{_AFTER}</article></main></body></html>"
        )
        return page.replace("⟦", "<!--from-->").replace("⟧", "<!--to-->")


def _torn(kind: str, by: str, style: str = "", at: str = "Friday ") -> HardPage:
    """Give a page whose sentence has something in the middle, behind `at`."""
    return HardPage(kind, style, f"<p>⟦{STORY.replace(at, at + by, 1)}⟧ {NEXT}</p>")


def _story(kind: str, paragraph: str, style: str = "", above: str = "") -> HardPage:
    return HardPage(kind, style, paragraph.replace("STORY", f"⟦{STORY}⟧").replace("NEXT", NEXT), above)


DROP = "{float:left;font-size:58px;line-height:48px;padding-right:4px}"
_DROP_CAPS = [
    _story("drop cap", "<p class=has-drop-cap>STORY NEXT</p>", f".has-drop-cap::first-letter{DROP}"),
    _story(
        "drop cap", "<div class=body><p>STORY NEXT</p></div>", f".body p:first-of-type::first-letter{DROP}"
    ),
    _story("drop cap", "<p class=cap>STORY NEXT</p>", ".cap::first-letter{font-size:40px;color:#a00}"),
    _story("drop cap", "<p class=cap>STORY NEXT</p>", ".cap::first-letter{initial-letter:3}"),
    HardPage("drop cap", f".cap{DROP}", f"<p>⟦<span class=cap>T</span>{STORY[1:]}⟧ {NEXT}</p>"),
    HardPage(
        "drop cap", f".cap{DROP}", f"<p>⟦<span class=cap aria-hidden=true>T</span>{STORY[1:]}⟧ {NEXT}</p>"
    ),
    HardPage("drop cap", f".cap{DROP}", f"<p>⟦<span class=cap>“T</span>{STORY[1:]}⟧ {NEXT}</p>"),
    HardPage(
        "drop cap",
        ".lead{display:inline-block}",
        f"<p>⟦<b class=lead>The harbour</b>{STORY[11:]}⟧ {NEXT}</p>",
    ),
    HardPage(
        "drop cap",
        f".cap::first-letter{DROP}",
        "<p class=cap>⟦A gale that the harbour master called the worst in thirty years kept all nine ferries in.⟧ "
        f"{NEXT}</p>",
    ),
    HardPage(
        "drop cap",
        f".cap::first-letter{DROP}",
        f"<p class=cap>⟦“Nobody sails before Monday,” the harbour master told the ferry crews on Friday.⟧ {NEXT}</p>",
    ),
]
_PICTURES = [
    _torn("picture", f"{_PICTURE} "),
    _torn("picture", f"<a href=/x>{_PICTURE}</a> "),
    _torn("picture", f"{_ICON} "),
    _torn("picture", f"{_PICTURE} ", at="The "),
    _torn("picture", f" {_PICTURE}", at="again on"),
    _torn("picture", f"{_PICTURE} ", "img{float:right}"),
    _torn("picture", f"{_PICTURE} ", at="The harbour master said on "),
    HardPage(
        "picture",
        "",
        f"<p>⟦{STORY.replace('said', _PICTURE + 'said').replace('nine', _PICTURE + 'nine')}⟧</p>",
    ),
    HardPage(
        "picture",
        "img.emoji{height:1em}",
        f"<p>⟦The choir sang {_PICTURE.replace('<img', '<img class=emoji')} on the pier until the last ferry left.⟧"
        f" {NEXT}</p>",
    ),
]
_BOXES = [
    _torn("inline block", "<button hidden data-unseen>Share</button>"),
    _torn("inline block", "<i class=gap></i>", ".gap{display:inline-block;width:8px}"),
    HardPage(
        "inline block",
        ".link{display:inline-block;border-bottom:1px solid}",
        f"<p>⟦{STORY.replace('all nine ferries', '<a class=link href=/f>all nine ferries</a>')}⟧ {NEXT}</p>",
    ),
    HardPage(
        "inline block",
        ".tip{position:relative;display:inline-block}",
        f"<p>⟦{STORY.replace('harbour master', '<span class=tip tabindex=0>harbour master</span>')}⟧ {NEXT}</p>",
    ),
    HardPage(
        "inline block",
        ".day{display:inline-flex}",
        f"<p>⟦{STORY.replace('Monday', '<time class=day>Monday</time>')}⟧ {NEXT}</p>",
    ),
    HardPage(
        "inline block",
        ".tick{display:inline-block;padding:0 3px;background:#eee}",
        "<p>⟦Shares of Garton Lines <a class=tick href=/q>GTL</a> fell by a tenth after the ferries were kept in port.⟧"
        f" {NEXT}</p>",
    ),
    HardPage(
        "inline block",
        ".word{display:inline-block}",
        "<p>⟦" + " ".join(f"<span class=word>{word}</span>" for word in STORY.split()) + f"⟧ {NEXT}</p>",
    ),
]
_FLOATS = [
    _torn("float", "<i class=gap></i>", ".gap{float:left;width:8px;height:8px}"),
    _torn(
        "float",
        "<span class='ad advertisement' data-unseen>Advertisement</span> ",
        ".ad{float:right;width:80px;height:20px}",
    ),
    _torn("float", "<i class=dot></i>", ".dot{position:absolute;width:4px;height:4px}"),
    HardPage(
        "float",
        "a{position:relative}",
        f"<p>⟦{STORY.replace('all nine ferries', '<a href=/f>all nine ferries</a>')}⟧ {NEXT}</p>",
    ),
]
_HIDDEN = [
    HardPage(
        "hidden text",
        _UNSEEN_STYLE,
        "<p>⟦The harbour master told <a href=/w>Sample Wire<span class=visually-hidden data-unseen> (opens in a new "
        f"tab)</span></a> on Friday that all nine ferries would sail.⟧ {NEXT}</p>",
    ),
    _torn("hidden text", "<span style='display:none' data-unseen>not </span>"),
    _torn("hidden text", "<span hidden data-unseen>not </span>"),
    _torn("hidden text", "<span style='font-size:0' data-unseen>Advertisement </span>"),
    _torn(
        "hidden text",
        "<span class=sr-only data-unseen>, link opens below, </span>",
        ".sr-only{position:absolute;left:-9999px}",
    ),
    _torn("hidden text", "<s data-unseen>seven or</s> ", at="that all "),
    _torn("hidden text", "<del data-unseen>would have</del> ", at="ferries "),
    HardPage(
        "hidden text",
        _UNSEEN_STYLE,
        "<p>⟦<a href=/w>Sample Wire<span class=visually-hidden data-unseen> (external)</span></a> reported on Friday "
        f"that all nine ferries would sail.⟧ {NEXT}</p>",
    ),
]
_LETTERS = [
    HardPage(
        "letters",
        "",
        f"<p>⟦{STORY.replace('harbour', 'har&shy;bour').replace('ferries', 'fer&shy;ries')}⟧ {NEXT}</p>",
    ),
    HardPage(
        "letters",
        "",
        f"<p>⟦{STORY.replace('nine ferries', 'nine&nbsp;ferries').replace('on Fri', 'on&nbsp;Fri')}⟧</p>",
    ),
    HardPage(
        "letters",
        "",
        f"<p>⟦{STORY.replace('harbour', 'har<wbr>bour').replace('ferries', 'fer&#8203;ries')}⟧ {NEXT}</p>",
    ),
    HardPage(
        "letters",
        "",
        f"<p>⟦The oﬃce of the harbour said it’s ﬁne with “ferries” that don’t ﬂy ﬂags on Monday.⟧ {NEXT}</p>",
    ),
    HardPage(
        "letters",
        "",
        f'<p>⟦She’d said ‘never’ – not “soon” – and the ferries’ crews… didn\'t ask a "second" time.⟧ {NEXT}</p>',
    ),
    HardPage("letters", "", f"<p>⟦&#8206;{STORY.replace('Friday', '&#8207;Friday&#8206;')}⟧ {NEXT}</p>"),
    HardPage(
        "letters",
        "",
        f"<p>⟦The party 🎉 on the ferry 👩‍👩‍👧 went on until the harbour master 🚢 blew her horn.⟧ {NEXT}</p>",
    ),
    HardPage(
        "letters",
        "",
        f"<p>⟦The\n   harbour\t\tmaster   said\non Friday that   all nine ferries would sail.⟧\n{NEXT}</p>",
    ),
    HardPage(
        "letters",
        ".u{text-transform:uppercase}",
        f"<p>⟦<span class=u>{STORY[:27]}</span>{STORY[27:]}⟧ {NEXT}</p>",
    ),
    HardPage(
        "letters",
        "",
        f"<p>⟦Café Zoë’s naïve façade – in Åland, Łódź and İzmir – cost £1,250.50 & 40% more.⟧ {NEXT}</p>",
    ),
]
_INLINE = [
    _torn("notes", "<sup><a href=#n2>2</a></sup>", at="Friday"),
    HardPage(
        "notes",
        "",
        f"<p>⟦The refinery in Garton lost 10<sup>6</sup> litres of oil, the harbour office said.⟧<sup>2</sup> {NEXT}</p>",
    ),
    HardPage(
        "notes",
        "",
        f"<p>⟦Ferries emitted 9 tonnes of CO<sub>2</sub> while they lay in the harbour, it said.⟧ {NEXT}</p>",
    ),
    HardPage(
        "notes",
        "",
        f"<p>⟦The harbour master said on Friday that <q>all nine ferries</q> would sail on Monday.⟧ {NEXT}</p>",
    ),
    HardPage(
        "notes",
        "",
        f"<p>⟦The <abbr title='Garton Harbour Office'>GHO</abbr> told crews that all nine ferries would sail.⟧ {NEXT}</p>",
    ),
    HardPage(
        "links",
        ".out::after{content:'↗';display:inline-block;width:1em}",
        f"<p>⟦{STORY.replace('all nine ferries', '<a class=out href=/f>all nine ferries</a>')}⟧ {NEXT}</p>",
    ),
    HardPage(
        "links",
        "",
        f"<p>⟦{STORY.replace('all nine ferries', f'<a href=/f>all nine ferries{_ICON}</a>')}⟧ {NEXT}</p>",
    ),
    HardPage(
        "links",
        "",
        f"<p>⟦<a href=/m>The harbour master</a>{STORY[18:-1]}<a href=/l>.</a>⟧ <em>{NEXT}</em></p>",
    ),
    HardPage("breaks", "", f"<p>{NEXT}<br>⟦{STORY}⟧<br>Crews were glad of it, they said.</p>"),
    HardPage("breaks", "", f"<p>{NEXT}<br><br>⟦{STORY}⟧<br><br>Crews were glad of it, they said.</p>"),
    HardPage("breaks", "", f"<p>{STORY.replace('that all', 'that<br>⟦all')}⟧ {NEXT}</p>"),
]
_BLOCKS = [
    _story(
        "blocks", "<ul><li>STORY</li><li>NEXT</li><li>Crews were glad of it, they told reporters.</li></ul>"
    ),
    _story("blocks", "<blockquote><p>STORY</p><p>NEXT</p></blockquote>"),
    _story("blocks", "<div>STORY NEXT</div>"),
    _story("blocks", "<details><summary>What the office said of it</summary><p>STORY NEXT</p></details>"),
    _story(
        "blocks",
        "<p>Sailings are set out below.</p><table><tr><th>Who</th><th>What was said</th></tr><tr><td>Office</td><td>STORY"
        "</td></tr><tr><td>Deputy</td><td>NEXT</td></tr></table>",
    ),
    _story(
        "blocks",
        "<p>STORY</p><figure><img width=9 height=9><figcaption>Ferries at the quay.</figcaption></figure><p>NEXT</p>",
    ),
    HardPage(
        "blocks",
        ".ad{height:30px}",
        "<p>The harbour master said on Friday that</p><div class='ad advertisement' data-unseen>Advertisement</div>"
        f"<p>⟦all nine ferries would sail again on Monday.⟧ {NEXT}</p>",
    ),
]
_MENU = "<nav><ul><li><a href=/1>{}</a></li><li><a href=/2>Sport and chess</a></li></ul></nav>"
_REPEATED = [
    _story("repeated", "<p>NEXT STORY Crews were glad of it.</p>", above=_MENU.format(STORY)),
    _story(
        "repeated",
        "<p>NEXT STORY Crews were glad of it.</p>",
        above=_MENU.format("The harbour master said on Friday that…"),
    ),
    _story(
        "repeated",
        "<p>STORY NEXT</p>",
        above=_MENU.format("The harbour master said on Friday that all nine ferries…"),
    ),
    _story("repeated", "<p>STORY NEXT</p>", above=_MENU.format("The harbour master said")),
    _story("repeated", "<p>STORY NEXT</p>", above=_MENU.format(STORY)),
    _story("repeated", "<p>STORY</p><p>NEXT</p>", above=_MENU.format("The harbour master said on Friday")),
    HardPage(
        "repeated",
        "aside{float:right;width:200px;font-size:20px}",
        f"<aside class=pullquote>“All nine ferries would sail again on Monday”</aside><p>⟦{STORY}⟧ {NEXT}</p>",
    ),
    HardPage(
        "repeated",
        "aside{float:right;width:200px;font-size:20px}",
        f"<aside class=pullquote>{STORY}</aside><p>{NEXT} ⟦{STORY}⟧ Crews were glad of it.</p>",
    ),
    HardPage("repeated", "", f"<p>⟦{STORY}⟧ {NEXT}</p><p>Crews were glad. {STORY} So they stayed on.</p>"),
    HardPage("repeated", "", f"<p>{STORY} {NEXT}</p><p>Crews were glad. ⟦{STORY}⟧ So they stayed on.</p>"),
    HardPage(
        "repeated",
        "",
        f"<p>{STORY} {NEXT}</p><p>⟦{STORY.replace('nine', 'seven')}⟧ So the crews stayed on.</p>",
    ),
    HardPage(
        "repeated",
        f".cap::first-letter{DROP}",
        f"<p class=cap>⟦{STORY}⟧ {NEXT}</p>",
        above=_MENU.format("Said on Friday: the harbour master said on Friday that all is well"),
    ),
    HardPage(
        "repeated",
        "",
        f"<p>⟦{STORY.replace('Friday', f'Friday {_PICTURE}')}⟧ {NEXT}</p>",
        above=_MENU.format("The harbour master said it"),
    ),
]
_LANGUAGES = [
    HardPage(
        "scripts", "", "<p>今日は雨です。⟦大統領は金曜日に東京で会談を続けると述べた。⟧明日は雪です。</p>"
    ),
    HardPage(
        "scripts",
        "",
        f"<p>他来了。⟦总统说，会谈将于{_PICTURE}周五在北京继续进行，双方都同意了。⟧她走了。</p>",
    ),
    HardPage(
        "scripts",
        f".cap::first-letter{DROP}",
        "<p class=cap>⟦大統領は金曜日に東京で会談を続けると述べた。⟧明日は雪です。</p>",
    ),
    HardPage(
        "scripts",
        "",
        "<p dir=rtl>هطل المطر. ⟦قال الرئيس إن المحادثات ستستمر يوم الجمعة في القاهرة.⟧ ثم توقف.</p>",
    ),
    HardPage(
        "scripts",
        "",
        f"<p>Шёл дождь. ⟦Президент сказал, что {_PICTURE} переговоры продолжатся в пятницу в Москве.⟧ Потом снег.</p>",
    ),
    HardPage(
        "scripts",
        f".cap::first-letter{DROP}",
        "<p class=cap>⟦Президент сказал, что переговоры продолжатся в пятницу в Москве и закончатся через неделю.⟧ Снег.</p>",
    ),
    HardPage(
        "scripts",
        "",
        "<p>आज बारिश है। ⟦राष्ट्रपति ने कहा कि बातचीत <b>शुक्रवार</b> को दिल्ली में जारी रहेगी।⟧ फिर बर्फ।</p>",
    ),
]
_BYLINE = "<p class=byline>By Ann Kell</p><figure><img width=9 height=9><figcaption>Ferries at the quay.</figcaption></figure>"
_FIRST = [
    HardPage("first sentence", "", f"<p>⟦{STORY}⟧ {NEXT}</p>", is_first=True),
    HardPage(
        "first sentence",
        f".has-drop-cap::first-letter{DROP}",
        f"<p class=has-drop-cap>⟦{STORY}⟧ {NEXT}</p>",
        is_first=True,
    ),
    HardPage(
        "first sentence",
        f".cap{DROP}",
        f"<p>⟦<span class=cap>T</span>{STORY[1:]}⟧ {NEXT}</p>",
        is_first=True,
    ),
    HardPage(
        "first sentence",
        f".cap::first-letter{DROP}",
        f"{_BYLINE}<p class=cap>⟦{STORY}⟧ {NEXT}</p>",
        is_first=True,
    ),
    HardPage(
        "first sentence",
        "i{display:inline-block}",
        f"<p>⟦{STORY.replace('all nine ferries', '<i>all nine ferries</i>')}⟧ {NEXT}</p>",
        is_first=True,
    ),
    HardPage(
        "first sentence", "i{float:left}", f"{_BYLINE}<p>⟦<i>The</i>{STORY[3:]}⟧ {NEXT}</p>", is_first=True
    ),
    HardPage(
        "first sentence",
        "i{display:inline-block}",
        f"<p>⟦{STORY.replace('Friday', '<i>Friday</i>')}⟧</p><p>{NEXT}</p>",
        is_first=True,
    ),
    HardPage(
        "first sentence",
        "",
        f"<p>⟦<b>GARTON</b> — {STORY}⟧ {NEXT}</p>",
        above=_MENU.format("Harbour master says nine ferries will sail"),
        is_first=True,
    ),
    HardPage(
        "first sentence",
        _UNSEEN_STYLE,
        "<p>⟦<a href=/w>Sample Wire<span class=visually-hidden data-unseen> (external)</span></a> reported on Friday "
        f"that all nine ferries would sail.⟧ {NEXT}</p>",
        is_first=True,
    ),
]
_CAPTION = "<figure><img width=9 height=9><figcaption>Ferries at the quay.</figcaption></figure>"
_INTERRUPTED = [
    HardPage("interrupted", "", f"{_CAPTION}<p>⟦{STORY}⟧ {NEXT}</p>"),
    HardPage("interrupted", f".cap::first-letter{DROP}", f"{_CAPTION}<p class=cap>⟦{STORY}⟧ {NEXT}</p>"),
    HardPage("interrupted", "", f"<div class='ad advertisement'>Advertisement</div><p>⟦{STORY}⟧</p>"),
    HardPage(
        "interrupted",
        "i{display:inline-block}",
        f"{_CAPTION}<p>⟦{STORY.replace('all nine ferries', '<i>all nine ferries</i>')}⟧</p>{_CAPTION}",
    ),
    HardPage("interrupted", "", f"<p>{NEXT}<sup><a href=#n2>2</a></sup> ⟦{STORY}⟧</p>"),
    HardPage(
        "interrupted",
        "i{display:inline-block}",
        f"<p>{NEXT}<sup><a href=#n2>2</a></sup> ⟦{STORY.replace('all nine ferries', '<i>all nine ferries</i>')}⟧</p>",
    ),
    HardPage("interrupted", "", f"<p>{NEXT} <button>Share</button> ⟦{STORY}⟧</p>"),
]
_LENGTHS = [
    HardPage("lengths", "", f"<p>{NEXT} ⟦Nobody {_PICTURE}sailed.⟧ Crews were glad of it, they said.</p>"),
    HardPage("lengths", f".cap::first-letter{DROP}", f"<p class=cap>⟦Nobody sailed on Friday.⟧ {NEXT}</p>"),
    HardPage(
        "lengths",
        "",
        "<p>⟦The harbour master said on Friday that all nine ferries, of which two had been in dock since May and one "
        f"was to be sold to a line in the north, {_PICTURE} would sail again on Monday, if the gale that had kept them in "
        "port for the better part of a week, and that had cost the town its pier, its clock and forty roofs, was over by "
        f"then, which nobody at the weather service was ready to promise.⟧ {NEXT}</p>",
    ),
]  # fmt: skip

HARD_PAGES: tuple[HardPage, ...] = (
    *_DROP_CAPS, *_PICTURES, *_BOXES, *_FLOATS, *_HIDDEN, *_LETTERS, *_INLINE, *_BLOCKS, *_REPEATED, *_LANGUAGES,
    *_FIRST, *_INTERRUPTED, *_LENGTHS,
)  # fmt: skip
