"""Pages whose sentence holds elements that a browser or an extractor treats in its own way."""

from tests.highlights.hard_pages import DROP, NEXT, STORY, HardPage

_PARAGRAPH = "<p>⟦{}⟧ " + NEXT + "</p>"
_ICON = "<svg width=9 height=9><circle cx=4 cy=4 r=4 /></svg>"


def _inline(kind: str, word: str, by: str, style: str = "") -> HardPage:
    """Give a page on which a word of the sentence is written as `by`."""
    return HardPage(kind, style, _PARAGRAPH.format(STORY.replace(word, by, 1)))


INLINE_PAGES = (
    _inline("moment", "Monday", "<time datetime=2026-11-30>Monday</time>"),
    _inline("moment", "Friday", "<time>Friday</time>", "time{display:inline-block}"),
    _inline("button", "harbour master", "<button type=button aria-haspopup=true>harbour master</button>"),
    _inline("button", "nine ferries", "<button class=term>nine ferries</button>", "button{all:unset}"),
    _inline("insertion", "nine", "<del data-unseen>ten</del> <ins>nine</ins>"),
    _inline("insertion", "nine", "<s data-unseen>ten</s><ins class=fix>nine</ins>", "ins{background:#ff9}"),
    _inline("label", "harbour master", "<label>harbour master</label>"),
    _inline("contents", "nine ferries", "<span>nine ferries</span>", "span{display:contents}"),
    _inline("mark", "nine ferries", "<mark>nine</mark> <dfn>ferries</dfn>"),
    _inline("isolate", "harbour", "<bdi>harbour</bdi>"),
    _inline("font", "harbour master", "<font color=red>harbour <b>mas</b>ter</font>"),
    _inline("clipped", "Monday", "Monday", "p{overflow:hidden;max-height:9em}"),
    _inline("columns", "Monday", "Monday", "article{columns:2}"),
    _inline("first line", "Monday", "Monday", "p::first-line{text-transform:uppercase}"),
    _inline("hyphens", "Monday", "Monday", "article{width:120px;hyphens:auto}"),
    _inline("icon", "Friday", f"<a href=/x>Friday{_ICON}</a>"),
    _inline("icon", "Friday", "Friday<i class=icon></i>", ".icon::before{content:'→'}"),
    _inline("marks", "all nine ferries", "<q>all nine ferries</q>", "q{quotes:none}"),
    _inline("relative", "nine", "<span>nine</span>", "span{position:relative;top:-1px}"),
    _inline("sticky", "Monday", "Monday", "h1{position:sticky;top:0;background:#fff}"),
    _inline("later", "Monday", "Monday", "article{content-visibility:auto}"),
    _inline("note", "Friday", "Friday<sup class=fn>a</sup>"),
    _inline("note", "master", "master<small><sup>[1]</sup></small>"),
    _inline("no-break", "on Friday", "on&#8239;Friday"),
    _inline("entities", "harbour master", "harbour&#x2010;master"),
    _inline("upper case", "Monday", "Monday", "p{font-variant:small-caps;text-transform:lowercase}"),
    HardPage("cell", "td{padding:9px}", f"<table><tr><td>{_PARAGRAPH.format(STORY)}</td></tr></table>"),
    HardPage("definition", "", f"<dl><dt>Ferries</dt><dd>⟦{STORY}⟧ {NEXT}</dd></dl>"),
    HardPage("numbered", "", f"<ol><li>{NEXT}</li><li>⟦{STORY}⟧</li></ol>"),
    HardPage("preserved", "p{white-space:pre-line}", f"<p>{NEXT}\n⟦{STORY}⟧\nCrews were glad.</p>"),
    HardPage(
        "formula", "", _PARAGRAPH.format("Ferries lost 10<sup>3</sup> litres of oil in the gale, it said.")
    ),
    HardPage(
        "bar",
        "",
        _PARAGRAPH.format("Garton | Harbour Daily said on Friday that all nine ferries would sail."),
    ),
    HardPage(
        "address",
        "",
        _PARAGRAPH.format("Write to harbour@garton.example or see garton.example/ferries on Monday."),
    ),
    HardPage(
        "figures",
        "",
        _PARAGRAPH.format("It cost £1.2m (€1.4m), 3.5 % more, for 2,000 of 10–12 boats at 9:30."),
    ),
    HardPage(
        "dots",
        "",
        _PARAGRAPH.format("“… all nine ferries … would sail,” the U.S. harbour master J. R. Kell said."),
    ),
    HardPage(
        "Greek", "", _PARAGRAPH.format("Ο πρόεδρος είπε ότι οι συνομιλίες θα συνεχιστούν την Παρασκευή.")
    ),
    HardPage("Korean", "", _PARAGRAPH.format("대통령은 금요일 서울에서 열린 회담을 계속하겠다고 말했다.")),
    HardPage(
        "Turkish",
        "",
        _PARAGRAPH.format("İzmir Limanı’nda dokuz feribotun pazartesi günü kalkacağı ISRARLA söylendi."),
    ),
    HardPage(
        "Thai",
        "",
        "<p>วันนี้ฝนตก</p><p>⟦ประธานาธิบดีกล่าวว่าการเจรจาจะดำเนินต่อไป⟧</p>",
    ),
    HardPage(
        "live blog",
        "",
        f"<h3>10:20</h3><p>The harbour master spoke on Friday.</p><h3>11:30</h3><p>⟦{STORY}⟧ {NEXT}</p>",
    ),
    HardPage(
        "card between",
        ".card{border:1px solid}",
        f"<p>{NEXT}</p><div class=card><a href=/1>Chess: the final</a></div><p>⟦{STORY}⟧</p>",
    ),
    HardPage(
        "letter",
        f"p::first-letter{DROP}",
        f"<p>{NEXT}</p><p>⟦I said on Friday that nine ferries would sail.⟧</p>",
    ),
)
