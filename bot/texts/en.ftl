# Every fixed text a person sees. `{ $name }` is filled in as it is; numbers, dates and lists are written as the
# language does. Keep lines whole: a line break here is one on the screen.

## The card
footer = Word-for-word quotes. Verbatim does not decide who is right.
read = Read in context
read-whole = Read it in full
open-article = Open the article
headlines = Nearest headlines, which do not answer it
no-articles = There are no articles to search yet.
nothing = I found no article that answers this.
none-of-time = I have no articles of that time. The newest I have is of { $day }.
none-of-time-from = I have no articles of that time from { $names }. The newest from there is of { $day }.
none-as-narrowed = I have no articles that fit these filters.
in-part = shown in part
no-date = no date
no-outlet = unnamed outlet
long-address = The article’s address is too long to be shown.
corrected = corrected { $day }
updated = updated { $day }
kind-live = live blog
kind-video = video
kind-excerpt = excerpt, the rest is for subscribers
weak-language = My language model knows English best: answers in { $languages } may be weak.
no-news-comes-in = No news is coming in at the moment. I answer from what I had.
heading-reported = Reported
heading-denied = Denied
heading-no_comment = No comment
heading-background = Background
heading-neutral = What the articles say
disagree = Sources disagree.
changed-reported = Reported { $day }; before that denied.
changed-denied = Denied { $day }; before that reported.
reported-by = Reported by { $names }.
denied-by = Denied by { $names }.
reported-and-denied = Reported by { $reported }; denied by { $denied }.
found-in = Found in { $names }.
more-names = { $number } more
newest = newest { $day }
newest-article = newest article { $day }
counted =
    { $number ->
        [one] { $number } article
       *[other] { $number } articles
    }
counted-quoted =
    { $number ->
        [one] quotes from { $quoted } of { $number } article
       *[other] quotes from { $quoted } of { $number } articles
    }
shown-of = { $shown } of { $found } quotes shown
searched = Searched: { $what }
since = since { $day }
until = until { $day }
unmatched = Nothing matched { $phrases }, so every article was searched.
unmatched-filters = Nothing matched the filters, so every article was searched.
unmatched-partly = Nothing matched { $phrases }, so I looked without it.
time-unread = I did not understand { $phrases } as a time, so I searched without it.
spelling-read = Read { $read }.
spelling-pair = “{ $typed }” as “{ $meant }”
first-of-several = I looked for the first question only. Ask the other by itself.
following-on = Following on from: { $question }
citing = citing { $source }
also-in =
    { $number ->
        [one] also in { $number } outlet
       *[other] also in { $number } outlets
    }

## Small talk
small-talk-greeting = Hello! Ask me something about the news, for example: Did Trump call Putin?
small-talk-thanks = You are welcome.
small-talk-identity = I am Verbatim, a bot that answers questions about the news with word-for-word quotes.
small-talk-help = { help }
small-talk-opinion = I have no opinions. Ask me what was reported or said, and I show who said it.
small-talk-future = I cannot tell the future. Ask me what has been reported or said about it so far.

## Help
help = Ask me about the news, and I show what articles say, word for word, each with its outlet, who says it, the date, and a link to the sentence. I write nothing of my own, and I do not decide who is right.
help-ask = `/{ name-ask } { option-question }` works anywhere; add `{ option-since }`, `{ option-until }` or `{ option-outlet }` to narrow it, `{ option-private }` to keep it to yourself.
help-mention = Mention me in a channel with your question, or reply to one of my messages: a reply may lean on its question.
help-direct = Send me a direct message. A question may lean on the one before: “And what did Kyiv say?”
help-check = Under Apps in the menu of anybody’s message, { menu-check-the-news } searches for the claim in it.
help-privacy = Questions are not logged.
ask-something = What would you like to know? Write your question after my name, or use /{ name-ask }.

## What went wrong
wait-in-line = Many people are asking at once. You are in line: your answer will be here in a moment.
error-busy = Many people are asking at once. Please ask again in a minute.
error-too-slow = The search took too long and was given up. Please ask again, or narrow it with { option-since }, { option-until } or { option-outlet }.
error-stopping = I am being restarted. Please ask again in a minute.
error-index-broken = I cannot read my archive. Whoever runs me can see why in the log.
error-index-busy = I cannot get at my archive just now. Please try again in a minute.
error-index-unfinished = I am still indexing my articles: { $percent } % are done. Please ask again in a few minutes.
error-store-away = I cannot save anything at the moment: my database is out of reach. Questions still work. Please try this again in a few minutes.
error-store-unconfirmed = My database did not confirm that in time: it may be saved, or not. Please look in a few minutes before you try it again.
error-too-often =
    { $seconds ->
        [one] You are asking faster than I can read. Please wait { $seconds } second.
       *[other] You are asking faster than I can read. Please wait { $seconds } seconds.
    }
error-too-many-clicks =
    { $seconds ->
        [one] You are pressing buttons very fast. Please wait { $seconds } second.
       *[other] You are pressing buttons very fast. Please wait { $seconds } seconds.
    }
error-unknown-outlet = I have no articles from “{ $outlet }”. I have { $known }; the list under { option-outlet } shows all.
error-no-outlets = I have no articles from “{ $outlet }”. { no-articles }
error-question-empty = That was an empty question. Ask in a few words, for example: Did Trump call Putin?
error-question-long = Your question has { $length } characters; I read up to { $most }. Ask it in one or two sentences.
error-question-wordless = I found no words in that question. Ask in a few words, for example: Did Trump call Putin?
error-since-unreadable = I cannot read the date in { option-since }: “{ $date }”. Write it like 2024-11-10, 10 Nov 2024, November 2024, last Tuesday or 2 weeks ago.
error-until-unreadable = I cannot read the date in { option-until }: “{ $date }”. Write it like 2024-11-10, 10 Nov 2024, November 2024, last Tuesday or 2 weeks ago.
error-date-ambiguous = “{ $date }” is one day in London and another in New York. Write it like 2024-11-10.
error-dates-swapped = Nothing lies between { option-since } “{ $since }” and { option-until } “{ $until }”: swap them.
error-command-changed = This command has changed. Restart Discord, or try again in a minute.
went-wrong = Something went wrong on our side ({ $fault }). Please try again later.
connection-broke = My connection to Discord broke before the answer was shown. Please ask again.
may-not-write = I may not write in #{ $channel }, so I cannot answer there. Ask me here, or use /{ name-ask }.
may-not-write-there = I may not write in that channel, so I cannot answer there. Ask me here, or use /{ name-ask }.

## Feeds
feeds-added = I now follow { $name }. You can ask about its articles in a minute.
feeds-known = I already follow { $name }.
feeds-removed = I no longer follow { $name }. The articles it brought stay.
feeds-removed-here = I no longer follow { $name } here, and its articles no longer answer here.
feeds-imported =
    { $number ->
        [one] I now follow { $number } new feed, and { $known } I followed already. I will read it within the next minutes.
       *[other] I now follow { $number } new feeds, and { $known } I followed already. I will read them within the next minutes.
    }
feeds-none = I follow no feeds here yet. Add one with /{ name-feeds } { name-add }.
feeds-heading =
    { $number ->
        [one] I follow { $number } feed.
       *[other] I follow { $number } feeds.
    }
feeds-every =
    { $number ->
        [one] looked at every minute
       *[other] looked at every { $number } minutes
    }
feeds-paused = paused, looked at once a day: { $reason }
feeds-failing = not read the last time: { $reason }
feeds-flooding = announces more than { $number } articles a day: slowed, the others are left out
feeds-whose = for { $names }
feeds-of-everybody = everybody
feeds-of-server = the server { $name }
feeds-of-person = the person { $number }
feeds-lift = For everybody: { $name }
feeds-checked = What I found:
feeds-items =
    { $number ->
        [one] { $number } item
       *[other] { $number } items
    }
feeds-more =
    { $number ->
        [one] and { $number } more feed
       *[other] and { $number } more feeds
    }
feeds-carried = I could not get the newest page, so I take the text that the feed carries.
feeds-broken = These feeds are still broken. I have paused them and check them once a day; /{ name-feeds } { name-add } starts one again.
error-feeds-place = For the feeds of a server you need the permission Manage Server there. Write to me in private to follow feeds for yourself alone.
error-feeds-unknown = I do not follow this feed: { $address }
error-feeds-others = { $name } answers everywhere; only whoever runs me can remove it.
error-feeds-many = No more than { $number } feeds can be added here. Remove one first.
error-feeds-bad = I cannot follow “{ $address }”: { $reason }
error-feeds-file = The list may have at most { $megabytes } MB.
error-feeds-owner = Only whoever runs me can let a feed answer everywhere.
error-fetch-missing = { $host } has no such page.
error-fetch-denied = { $host } refuses to give us this page.
error-fetch-wait = { $host } asks us to wait before asking again.
error-fetch-failing = { $host } is having trouble just now.
error-fetch-odd = { $host } answered without a page.
error-fetch-large = { $host } sent more than { $megabytes } MB; nothing that is read here is that large.
error-fetch-private = { $host } leads to a private or reserved address, which is never fetched.
error-fetch-slow = { $host } did not answer in time.
error-fetch-nowhere = There is no site named { $host }, or its name cannot be looked up now.
error-fetch-certificate = { $host } has no valid certificate.
error-fetch-unreachable = { $host } cannot be reached.
error-fetch-broken = { $host } broke off or sent a damaged answer.
error-fetch-no-site = { $host } did not answer as a web site does.
error-fetch-robots = { $host } forbids robots to fetch this page (robots.txt).
error-fetch-rules = { $host } does not give out its robots.txt now, so nothing is fetched there.
error-fetch-circles = { $host } redirects without end.
error-fetch-address = “{ $address }” is not a web address: it must start with http:// or https://
error-feed-none = it is no feed: neither RSS nor Atom, JSON Feed, sitemap or a page that names one
error-feed-page = it is a web page, and it names no feed; look there for an address of RSS or Atom
error-feed-page-now = it is a web page now; add its feed anew
error-feed-lead = it is a web page, and what it names as its feed is none
error-feed-empty = the answer is empty
error-feed-list = it is a list of feeds (OPML); give it to /{ name-feeds } { name-import }
error-feed-page-broken = it is a web page that cannot be read
error-feed-json-broken = it is JSON, but damaged
error-feed-json-other = it is JSON, but no JSON Feed
error-feed-packed = it is packed (gzip) and damaged
error-feed-large = unpacked it is larger than { $megabytes } MB
error-feed-markup = its markup is too damaged to be read
error-feed-sitemap-broken = it is a sitemap whose XML cannot be read
error-feed-address = A feed’s address starts with http:// or https://.
error-feed-most = I follow { $number } feeds already, which is all I can. Remove some first.
error-opml-large = The file is larger than { $megabytes } MB.
error-opml-broken = I cannot read this file: it is no list of feeds (OPML), or it is damaged. Feed readers export such lists.
error-opml-empty = There is no feed in this list.
error-fetch-kind = { $host } sent { $media }, which is not a page.
error-fetch-user = The address holds a user name; leave out everything up to the @.
error-fetch-port = { $host } is asked on port { $port }; I fetch from 80 and 443 only.

## Commands: descriptions up to 100 characters; names of options up to 32, small letters, no spaces
name-ask = ask
name-quote = quote
name-brief = brief
name-settings = settings
name-follow = follow
name-following = following
name-daily = daily
name-help = help
name-about = about
name-outlets = outlets
name-privacy = privacy
name-feeds = feeds
name-add = add
name-list = list
name-remove = remove
name-check = check
name-import = import
name-export = export
command-ask = Ask about the news, and get word-for-word quotes.
command-ask-question = What you want to know
command-ask-since = Only articles from then on: 2024-11-01, last week, 3 hours ago
command-ask-until = Only articles up to then, that day included
command-ask-outlet = Only articles of this outlet
command-ask-private = Only you see the answer
command-help = What this bot does, and how to ask it.
option-question = question
option-since = since
option-until = until
option-outlet = outlet
option-private = private
command-feeds = The feeds of outlets that the news comes from
command-feeds-add = Follow an outlet: its feed, or the site that names it
command-feeds-add-address = The address of the feed or of the site
command-feeds-list = Which feeds are followed, and how they fare
command-feeds-remove = Stop following a feed; what it brought here goes with it
command-feeds-remove-address = The feed’s address
command-feeds-check = Look at a feed now, and say what is wrong with it
command-feeds-check-address = The feed’s address; all that were added here if left out
command-feeds-import = Follow every feed of an OPML list
command-feeds-import-file = The list, as feed readers export it
command-feeds-export = The feeds that are followed, as an OPML list
option-address = address
option-file = file

## Buttons under a card: keep them short
more-quotes = More quotes ({ $number })
context = Context
timeline = Timeline
newest-first = Newest first
share = Share
previous-page = Back
next-page = Next

## What the buttons show
page-more = More quotes
page-context = The sentences around
page-timeline = Timeline: the oldest first
page-newest = Newest first
range = { $first }–{ $last } of { $number }
gone =
    { $number ->
        [one] { $number } quote is left out: its article has left the index, no longer has the sentence, or is not among your news.
       *[other] { $number } quotes are left out: their articles have left the index, no longer have the sentences, or are not among your news.
    }
all-gone = The articles have left the index, or no longer have these sentences. Ask again for what there is now.
error-forgotten = This answer is older than I remember. Ask again for what there is now.
error-gone = An article on this card has left the index, so I do not show it to others. Ask again for what there is now.
error-elsewhere = These quotes come from feeds that are not among your news: they answer on another server, or for somebody else. Ask me yourself for what I have for you.
error-may-not-share = One of us may not write here, so it stays between us.
error-crowded-server =
    { $seconds ->
        [one] Many people are asking on this server. Please wait { $seconds } second.
       *[other] Many people are asking on this server. Please wait { $seconds } seconds.
    }
shared-by = Shared by { $person }

## Feedback: title and labels up to 45 characters
thanks-up = Thank you. Noted.
thanks-down = Thank you. Noted, with the question and your reason.
why-title = What is wrong with this answer?
why-reason = What is wrong?
why-words = Anything to add?
why-who = Whoever runs this bot reads this, together with the question. Your name is not kept.
why-off_topic = The quotes do not answer the question
why-out_of_context = A quote is torn out of its context
why-wrong_speaker = The wrong person or outlet is named
why-wrong_side = Reported and denied are mixed up
why-missing = A source that I know of is missing
why-outdated = It is out of date
why-other = Something else

## Check the news: title and labels up to 45 characters
menu-check-the-news = Check the news
check-title = Check the news
check-question = What shall I look for?
check-hint = The words of the message, one claim a line. Shorten them to what you doubt.
check-hint-more = The first claims of a longer message, one a line. Keep those that you doubt.
check-placeholder = Did Trump call Putin?
check-private = Only I see the answer
checked = Checked: { $place }
check-others = Not part of this answer: { $claims }. Check them one at a time.
check-hidden = Discord does not show me the words of that message. Open its menu, choose Apps, then “{ menu-check-the-news }”: then I can read it.
check-which = Which claim do you mean? Write it out, or open the menu of the message, choose Apps, then “{ menu-check-the-news }”.
link-alone = I do not open links. Write what you want to know about it, or the claim that it makes.

## /quote
command-quote = Paste words somebody is said to have said, and see which article has them.
command-quote-words = The words, as they were passed on
command-quote-outlet = Only articles of this outlet
command-quote-private = Only you see the answer
option-words = words
quotation-exact = An article has these words, word for word.
quotation-nearly = An article has nearly these words; the differences are marked.
quotation-nothing = No indexed article has these words.
quotation-nothing-in = No article of { $names } has these words. I searched nowhere else.
quotation-footer = That does not mean that nobody said them: I only know the articles I was given.
differs = “{ $given }” is “{ $article }” in the article
added = “{ $given }” is not in the article
left-out = the article also has “{ $article }” here
more-differences =
    { $number ->
        [one] and { $number } more difference
       *[other] and { $number } more differences
    }
error-quotation-short = Give me at least { $least } words of what was said, as it was passed on.
error-quotation-long = These words have { $length } characters; I read up to { $most }. Give me the sentence alone.

## /brief
command-brief = What the outlets reported most in the last day, each story in a sentence of its own.
command-brief-outlet = Only stories of this outlet
command-brief-private = Only you see the answer
brief-title = What is reported most
brief-until = The 24 hours up to { $day }
brief-nothing = No article of the last 24 hours is indexed.
brief-outlets = { $number } outlets: { $names }
brief-footer = Each story is told by one sentence of one article, word for word. Copies of one text count once.

## /outlets, /about, /privacy
command-outlets = Which outlets are indexed, and how fresh they are.
outlets-title = What is indexed
command-about = What this bot is, and what it is not.
about-how = No language model writes here. I search the articles I was given and show sentences of theirs; every quote is cut out of the article as it is stored, and its link opens the article there.
about-version = Verbatim { $version } · free software under the MIT licence
command-privacy = What is stored about you, and how to erase it.
command-privacy-erase = Erase all that is stored about you, now
option-erase = erase
privacy-title = What I store
privacy-questions = Your questions: not stored and not logged. In private I keep your last one in mind for ten minutes, so that the next may lean on it.
privacy-answers = Of an answer: which quotes it showed, for its buttons, without the question and without you. For a month: the numbers of the messages that ask and answer, so that the answer goes when the question is deleted.
privacy-feedback = Your thumbs: without your name or id, with a code that differs for each answer. With a 👎 and its reason, the question and what you wrote.
privacy-follows = What you follow: the question, your id, the channel, and which quotes were posted.
privacy-daily = Your daily briefs: your id, the channel where they come, or that they come in private, the hour, the time zone and the language.
privacy-feeds = Feeds that you follow in private: their addresses and your id, for as long as you follow them.
privacy-erase = `/{ name-privacy } { option-erase }` erases all of it that is yours.
privacy-erased = Erased: all I had stored about you.
privacy-owner = All of this is on the computer of whoever runs this bot. Discord has its own rules for what you write there.

## More help
help-quote = `/{ name-quote } { option-words }`: paste words somebody is said to have said, and see whether an article has them.
help-brief = `/{ name-brief }` shows what the outlets reported most in the last day.
help-follow = `/{ name-follow } { option-question }` tells you, or a channel, when a new article answers.
help-daily = `/{ name-daily } { option-hour } { option-zone }` sends you, or a channel, that brief every day. `/{ name-following }` shows and ends what you get.
help-outlets = `/{ name-outlets }` shows what is indexed, `/{ name-privacy }` what is stored about you and how to erase it.
help-settings = `/{ name-settings }` and `/{ name-feeds }` are for those who manage a server: its outlets, language and channels, and where the news comes from.
help-feeds = `/{ name-feeds } { name-add }` in a direct message follows an outlet for you alone, up to 20 of them.

## /settings
command-settings = What holds on this server: outlets, privacy, language, channels, limits.
settings-title = Settings of this server
settings-outlets = Outlets that answers come from
settings-outlets-all = All outlets
settings-outlets-none = None on this page
settings-private = Who sees an answer to a command, unless the asker chooses otherwise
settings-private-no = Everybody
settings-private-yes = Only the asker
settings-language = Language of what I say in public
settings-language-auto = The server’s own
settings-channels = Channels where I may post on my own, for what is followed
settings-channels-all = All channels I may write in
settings-follows = How many questions may be followed on this server
settings-daily = How many posts a day each of them may bring
settings-footer = Each choice holds at once. Who may use which command: Server Settings, Integrations.
error-not-manager = For that you need the permission Manage Server.

## /follow, /following, /daily
command-follow = Be told, here or in private, when a new article answers a question.
command-follow-question = What you want to be told of
command-follow-private = In private, not in this channel
command-following = What you follow: see it, change it, end it.
command-daily = A brief every day: what most outlets reported, here or in private.
command-daily-hour = At which hour, 0 to 23
command-daily-zone = In which time zone; type the name of a large city
command-daily-private = In private, not in this channel
option-hour = hour
option-zone = zone
followed-private = I look for “{ $question }” in every new article from now on, and send you what I find in private. `/{ name-following }` ends it.
followed-channel = I look for “{ $question }” in every new article from now on, and post what I find in { $channel }. `/{ name-following }` ends it.
follow-not-here = In this channel only people with its permission Manage Messages can let me post, so I write to you in private.
daily-set = Set. The first brief comes { $when }; `/{ name-following }` ends it.
follow-new = New on “{ $question }” from { $names }: { $words }
daily-line = The day’s brief. { $outlet }: { $words }
correction-title = Correction
correction-line = { $outlet } has changed an article that I quoted.
correction-now = The sentence now reads:
correction-gone = The sentence that I quoted is no longer in the article.
following-title = What is followed
following-none = Nothing yet. `/{ name-follow } { option-question }` begins.
following-in = in { $channel }
following-private = in private
following-rests = paused, since I may not write there
following-daily = Brief every day at { $hour } ({ $zone })
following-edit = Change a question
following-edit-title = What shall I look for?
following-end = End one of these
following-footer = Posts come only with new quotes, and never more often than the server’s settings say.
error-follow-small-talk = That is no question about the news that I could follow.
error-too-many-follows = You follow { $most } questions already. End one with /{ name-following } first.
error-server-follows = This server follows as many questions as its settings allow ({ $most }).
error-follow-elsewhere = This server’s settings do not let me post on my own in this channel. Whoever manages the server can change that with /{ name-settings }. Or choose { option-private }, and I tell you in a direct message.
error-follow-mute = I may not write in this channel. Whoever manages the server must allow me View Channel and Send Messages here. Or choose { option-private }, and I tell you in a direct message.
error-follow-gone = That is not followed any more, or not by you.
error-zone-unknown = I do not know the time zone “{ $zone }”. Choose one from the list, like Europe/Berlin.
