"""Discord's markdown as its clients show it, and our own escape held against it."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.ui.markdown import escape_line, to_one_line
from tests.bot.samples import HOSTILE, long_text
from tests.pictures.markup import Markup

NOW = datetime(2024, 11, 12, 15, 0, tzinfo=UTC)
MARKUP = Markup(NOW, {"7": "Ada"})


def seen(html):
    """Give the text of HTML without its tags."""
    return unescape(re.sub(r"<[^>]*>", "", html.replace("<br />\n", "\n")))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain\nlines", "<p>plain<br />\nlines</p>"),
        ("## Title\ntext", "<h2>Title</h2><p>text</p>"),
        ("#hash", "<p>#hash</p>"),
        ("-# small **b**", "<small>small <strong>b</strong></small>"),
        ("> one\n> -# two\nafter", "<blockquote><p>one</p><small>two</small></blockquote><p>after</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("__under__ *i* ~~s~~ `c`", "<p><u>under</u> <em>i</em> <s>s</s> <code>c</code></p>"),
        ("```\n# x\n```", "<pre># x</pre>"),
        ("<b> & **\\*\\***", "<p>&lt;b&gt; &amp; <strong>**</strong></p>"),
        ("[x](https://a.example)", '<p><a href="https://a.example">x</a></p>'),
        ("see https://a.example/b.", '<p>see <a href="https://a.example/b">https://a.example/b</a>.</p>'),
        ("<https://a.example>", '<p><a href="https://a.example">https://a.example</a></p>'),
        ("<@7> <@8> </ask:9>", "<p><span class=chip>@Ada</span> <span class=chip>@8</span> <span class=chip>/ask</span></p>"),
        ("<t:1731326400:d>", "<p><span class=chip>11/11/2024</span></p>"),
        ("\\<t:1731326400:d>", "<p>&lt;t:1731326400:d&gt;</p>"),
    ],
)  # fmt: skip
def test_markdown_is_shown_as_discord_does(text, html):
    assert MARKUP.html(text) == html


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=5), "a few seconds ago"),
        (timedelta(minutes=12), "12 minutes ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(days=400), "1 year ago"),
        (timedelta(days=-3), "in 3 days"),
    ],
)
def test_relative_times(ago, words):
    assert MARKUP.when(NOW - ago, "R") == words


@given(
    st.one_of(
        long_text.map(lambda text: text[:300]),
        st.sampled_from(HOSTILE),
        st.text(alphabet="\\*_~|`[]()<>#@-+:.1 a\n"),
    )
)
@example("1. a 2) b")
@example("a_b_ __c__ **")
def test_what_the_bot_escapes_is_read_as_it_was_written(text):
    """A second reader of markdown, not ours, agrees with the escape."""
    assert seen(MARKUP.html(escape_line(text))).rstrip("\u202c\u2069") == to_one_line(text).rstrip(
        "\u202c\u2069"
    )
