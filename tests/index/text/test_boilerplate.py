"""Page furniture is never quoted, and a sentence is almost never taken for furniture."""

import gzip
import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.text.boilerplate import is_quotable
from index.text.sentence_splitter import split_sentences
from tests.conftest import REPOSITORY

NEWS = REPOSITORY.parent / "shared/data/news-qa/articles.jsonl.gz"

FURNITURE = """
Read more
Read more: The bridge that nobody wanted to build.
More:Car maker recalls two million vans over their brakes.
Related: What the vote means for you.
Learn more: How to choose a bank.
See also: “The long winter.”
Watch: The moment the tower fell.
GRAPHICS: How the storm grew in one day.
Photos: The flood in Ghent A woman wades through the market.
Opinion: The mayor should go.
Live updates: Follow the vote here.
Follow our latest coverage here.
Follow live updates and reaction to it here.
Follow Ann Lee on Twitter.
Follow her on X at @annlee.
Looking for updates on the storm? Follow our reporters.
Leave feedback about this
Leave a comment below and tell us what you think.
Let us know what you think in the comments.
Share this story with your friends.
Click here to see the pictures.
Please click on the link to go on.
Sign up for our newsletter to get it every day.
Stay informed: Sign up here.
SUBSCRIBE & SAVE Sign up for our free newsletters.
Subscribe to our podcast.
Get our free weekly newsletter.
The best of the week, delivered straight to your inbox.
Already a subscriber?
Download our app for alerts.
By clicking the button you agree to our terms.
We and our partners use cookies to measure how the site is used.
Your browser does not support this video.
We may earn a commission if you buy through the links on this page.
© 2024 The Daily Example. All rights reserved.
This material may not be published or rewritten.
This story has been updated with a comment from the bank.
This article originally appeared in The Daily Example.
Ann Lee in Oslo and Bo Li in Bonn contributed to this report.
Contributing: Ann Lee, The Daily Example.
Additional reporting by Ann Lee.
Editor’s Note: Ann Lee is a lawyer in Bonn.
Contact Ann Lee at ann@example.org.
Reach the reporter at 555-210-3344.
Mike Lamb, Correspondent
By JANE DOE
By Jane Doe and John Roe, The Daily Example
Jane Doe c/o Jane Doe of the club
For subscribers: How the bank lost its way
More city news: The bridge that nobody wanted
Flood in Ghent:How one street was saved
'We lost it all':Families return to Ghent after the flood
:Understanding the flood and how it is measured
JUST WATCHED The mayor explains the flood Replay More Videos ...
Video player was slow to load content on this page.
We will use the details you have shared to manage your account.
You can read more about this in our Privacy Policy.
Would you like to receive our newsletter?
It is free and you can unsubscribe at any time.
Purchases you make through our links may earn us a commission.
The opinions expressed in this commentary are her own.
An earlier version of this story misspelled the name of the river.
This transcript was automatically generated and may hold errors.
Our work is supported in part by a grant from the Lee Foundation.
Thank you for supporting our journalism.
Check your local forecast here.
You can sign up for the email here.
For the full story, click here.
Shoot her an email at lee@example.org or follow along.
Lee can be reached at lee@example.org or 555-210-3344.
Must be 21 or older to gamble.
Get the weekly health newsletter Sign up here to get The Results from our doctors.
The mayor resigned on Friday. https://news.example.org/story/2020/mayor-resigned/123
This is a day I will never forget. — Ann Lee (@annlee) December 4, 2022
Stay away from the river! pic.twitter.com/6AQdjJFG2n
Alex Lee/Star Tribune/AP A clean car passes a snow-covered car in Ghent.
J. Lee/USGS The volcano last erupted in 1984.
City Press Agency / Hulton Archive / Getty Images The river rose in 1953.
The win was the first of the year Ann Lee/Getty Images The players cheer.
Satellite image ©2022 Example Maps The road is gone.
Getty Images
Ann Lee/AFP/Getty Images People watch the flood from a bridge.
Ann M. Lee/Reuters
A fan waits for the band to arrive. Ann Lee/The Daily News via AP
(AP Photo/Ann Lee)
Courtesy of the Lee family and the city archive
The mayor of Ghent, left, with her aides (Photo: Ann Lee)
Image credit: Ann Lee for the city of Ghent.
Hide Caption 12 of 40
— Ann Lee (@annlee) 4 May 2024
CNN —
New York CNN Business —
WASHINGTON (AP) —
Section two: The long way home
What we know about the flood so far
Why the bridge was never built
How it started:
Flood in Ghent leaves hundreds without water
WHAT THE LAWYERS SAY ABOUT IT
Best actress in a leading role: Ann Lee
5 Ways To Save Money On Your Next Flight
Advertisement
ADVERTISEMENT
1.
He did.
...
""".strip().splitlines()

SENTENCES = """
The bridge will be closed until May.
It was July 19.
“Stop the war,” he said.
“Follow me on Sunday and you will see,” the pilot told his crew.
He said people should read more books.
Readers want to see more of the story, the editor said.
The minister said by telephone that she would sign the treaty.
The group asks followers to sign up for its protests, police said.
More than 40 people were hurt.
Getty Images sued the company in a London court.
Reuters reported on Friday that the bank would close.
The AP called the race at 9 p.m.
The Times/CBS News survey was made in May.
A Post/ABC News poll had him ahead by four points.
She wrote about it on Twitter and Facebook on Monday.
The mayor “is safe,” her spokesman said via Twitter.
He has contributed to this newspaper’s rise, she said.
Researchers who contributed to the report said ice was melting faster.
The company uses cookies to follow people, the court said.
One person wrote in the comments section that the film was dull.
By Friday the water had gone.
By Donald Roe’s own account, he lost.
Photographs by her hung in every room.
Watch what he does, not what he says.
Update: The bank has now said it will pay.
Video shows the car leaving the road.
More aid for Ghent: The law gives the city 45 million euros.
Salem:The road through the hills opened again on Saturday.
Owners can contact the car maker at 555-222-1020.
Our first look at the new bridge is here.
The bank has updated its privacy policy, it said.
“Our readers can unsubscribe at any time,” the editor said.
The Kremlin/White House hotline was silent.
The factory can be reached by bus from Ghent.
Copyright law protects the song, the judge ruled.
The story was updated in the 1990s by a younger writer.
What did he know?
All nine justices agreed that the law was void.
“The island is free. Join us here,” its mayor wrote.
The firm said on Friday that it would cut 1,000 jobs by the end of March
He left (he was tired.)
He said it was over.[3]
Президент сказал, что переговоры продолжатся в пятницу.
大統領は金曜日に会談を続けると述べた。
قال الرئيس إن المحادثات ستستمر يوم الجمعة.
राष्ट्रपति ने कहा कि बातचीत जारी रहेगी।
ประธานาธิบดีกล่าวว่าการเจรจาจะดำเนินต่อไปในวันศุกร์
""".strip().splitlines()


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_is_not_quotable(line: str) -> None:
    assert not is_quotable(line)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentences_are_quotable(sentence: str) -> None:
    assert is_quotable(sentence)


@given(st.text(max_size=700))
@example("Follow " * 90)
@example("A/" * 300)
@example("get the " * 90)
@example("(Photo" * 100)
@example("by " * 200)
def test_any_text_gets_a_verdict(text: str) -> None:
    assert is_quotable(text) in (True, False)


@given(st.sampled_from(SENTENCES[:2]), st.text(alphabet=" \u200b\u202e\u00a0", max_size=4))
def test_invisible_marks_around_a_sentence_change_nothing(sentence: str, marks: str) -> None:
    assert is_quotable(marks + sentence)


@pytest.mark.parametrize(
    "unit",
    [
        "The bridge will be closed until May. ",
        "Follow ",
        "A B, ",
        "by A and ",
        "a/b ",
        "(Photo ",
        "sign up ",
        "we may earn ",
        "“",
        "in your ",
    ],
)
def test_only_the_start_of_a_long_line_is_looked_at(unit: str) -> None:
    line = unit * (100_000 // len(unit)) + "."
    assert is_quotable(line) == is_quotable(f"{line} Sign up for our newsletter.")


@pytest.mark.skipif(not NEWS.exists(), reason="the measuring data (../shared/data) is not here")
def test_reported_speech_in_real_articles_stays_quotable() -> None:
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for _, line in zip(range(300), lines, strict=False)]
    said = [
        sentence
        for text in texts
        for sentence in (text[start:end] for start, end in split_sentences(text))
        if re.search(r"[”\"] (?:said|\w+ said|\w+ \w+ said)\b.*\.$", sentence)
    ]
    lost = [sentence for sentence in said if not is_quotable(sentence)]
    assert len(said) > 300
    assert len(lost) <= len(said) / 200
