"""The newspaper's pages, as HTML."""

import json
from html import escape

PARAGRAPHS = (
    "The council voted on Monday to open the old harbour bridge again before the winter, after two years of works.",
    "“We have kept our word to the people who cross it every day,” said Mayor Ada Lindqvist, who had promised it.",
    "The works cost 14 million crowns, three million more than planned, because the northern pier had to be replaced.",
    "Critics in the opposition called the price a scandal and asked for an inquiry into how the contract was given.",
    "The first buses are to cross on 2 December, the city's transport office said in a statement on Monday evening.",
    "Until then the ferry keeps running every ten minutes, and it stays free for cyclists and people on foot.",
    "The inquiry, if there is one, would start in January, when the new audit committee meets for the first time.",
    "Shopkeepers on both banks said that they had lost up to a third of their trade while the bridge was closed.",
)


def story(
    paragraphs: tuple[str, ...] = PARAGRAPHS,
    *,
    title: str = "Harbour bridge opens before the winter",
    head: str = "",
    canonical: str = "",
    data: dict[str, object] | None = None,
    language: str = "en",
) -> str:
    """A plain article page of one outlet."""
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": "2024-11-11T18:30:00+01:00",
        "author": [{"@type": "Person", "name": "Jo Berg"}, {"@type": "Person", "name": "Ines Alm"}],
        "publisher": {"@type": "Organization", "name": "The Harbour Post"},
        **(data or {}),
    }
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    return f"""<!doctype html>
<html lang="{language}"><head><title>{escape(title)}</title>{link}{head}
<script type="application/ld+json">{json.dumps({"@graph": [facts]})}</script></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>{escape(title)}</h1>
{body}
</article><footer><p>All rights reserved.</p></footer></body></html>"""


def bare(body: str, title: str = "Page") -> str:
    """A page that does not call itself an article."""
    return f"<!doctype html><html lang='en'><head><title>{title}</title></head><body>{body}</body></html>"


TEASER = story(
    (PARAGRAPHS[0], "Subscribe to continue reading. Already a subscriber? Sign in."),
    data={"isAccessibleForFree": False},
)

CONSENT = bare(
    "<div><h1>Before you continue</h1><p>We and our 842 partners use cookies and similar technologies to store "
    "and/or access information on your device. You can withdraw your consent at any time.</p>"
    "<button>Accept all</button><p>You may also choose to reject all, or manage options below.</p></div>",
    "Your privacy choices",
)

ROBOT = bare(
    "<h1>Just a moment</h1><p>Please enable JavaScript and cookies to continue. We are verifying you are human. "
    "This may take a few seconds and then the page will open by itself without any more questions.</p>",
    "Attention Required!",
)

FRONT = bare(
    "<h1>The Harbour Post</h1>"
    + "".join(
        f"<div><h2><a href='/news/{number}'>Headline number {number} of the many on this front page</a></h2>"
        f"<p>A short teaser of story {number}.</p></div>"
        for number in range(40)
    ),
    "The Harbour Post: latest news",
)
