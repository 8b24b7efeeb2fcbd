"""What stands between the sentences of a page and is none of them: teasers, credits, bylines, notices."""

import re

from index.text.word_lists import word_set

MIN_TOKENS = 4  # words and numbers; fewer say nothing on their own
_LETTERS = 8  # letters that do for a sentence in a script without spaces
_LONG_LINE = 15  # words; an unfinished line of that many in small letters is prose that lost its full stop
_LONGEST_SHOUT = 12  # words in capitals that are a heading, not a speech
_SEEN = 400  # characters looked at; furniture shows itself early

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_TOKEN = re.compile(r"[^\W_]+(?:[.,:’'-][^\W_]+)*")
_UNSPACED = re.compile(r"[\u0e00-\u0edf\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_FINISHED = re.compile(r"[.!?…。！？｡।؟۔።։፧។៕။॥][\"”’'»)\]」』\s]*$|[.!?…][\"”’'»)\]]*\[\d{1,3}\]$")
_QUOTE = re.compile(r'["“«]')
_OPENING = re.compile(r"^[\s\"“‘'(\[»›>|►▸•*#_=~→–—-]+")

# A label and a colon in front of what is a link, a credit or a word to the reader.
_LABEL = re.compile(
    r"(?:(?:read|see|learn|find out|watch|know)\s(?:more|next|also)|also\sread|read|related(?:\s\w+){0,2}|"
    r"more(?:\s(?:on|from|coverage|info(?:rmation)?)\b[^:]{0,40}|(?:\s[\w’'&-]+){0,3}\s(?:news|stories|headlines|reading))?|for\s(?:more(?:\s\w+){0,2}|(?:\w+\s)?subscribers)|"
    r"watch(?:\s(?:live|now|this|the\svideo))?|listen(?:\snow)?|photos?|pictures?|images?|in\spictures|gallery|"
    r"graphics?|infographics?|video|podcast|opinion|column|commentary|(?:our|the)\sview|newsletter|recommended|"
    r"trending|don[’']t\smiss|must[\s-]reads?|up\snext|most\sread|live\supdates?|tags?|topics?|filed\sunder|"
    r"you\s(?:may|might)\s(?:also\s)?(?:like|be\sinterested\sin)|share(?:\sthis)?|caption|hide\scaption|credits?|"
    r"(?:just|must)\swatch(?:ed)?|replay|"
    r"(?:image|photo|picture|video|media|art)\s(?:credits?|source|caption|by|courtesy)|contributing(?:\s\w+)?|"
    r"contact(?:\sus)?|by-?line|(?:last\s)?updated|published|posted|sources?|comments?|disclaimer|disclosure|"
    r"editor[’']?s?[’']?\s(?:note|picks?))\s*[:|»›]",
    re.IGNORECASE,
)
# A link's two halves without a blank between them: "Who won:The final tally".
_GLUED_LABEL = re.compile(r":[A-Z‘'“]|[^.!?:/@]{0,80}[\w’'!?]:[‘'“]?[A-Z](?!.*\.[\"”’')]*$)")
_WIDGET = re.compile(
    r"(?:JUST|MUST) WATCH(?:ED)?\b|[^.!?]{0,60}\bvideo (?:player|content) (?:was|is|never|did)\b",
    re.IGNORECASE,
)
_PLATFORM = (
    r"(?:twitter|x|facebook|instagram|threads|bluesky|mastodon|tiktok|linkedin|youtube|telegram|whatsapp|snapchat|"
    r"social\smedia)"
)
_ORDER = re.compile(  # what the reader is told to do, at the start of the line or of one of its parts
    r"(?:^|[.!?:;|►▸•]\s*|\s[–—-]\s)(?:please\s)?(?:"
    r"(?:click|tap|swipe)\s(?:here|below|above|on|the|through|to)\b|scroll\s(?:down|for|up)\b|"
    r"(?:sign|log)\s?-?(?:up|in)\b(?:[.!]?$|[^.!?,][^.!?]{0,60}\b(?:here|now|today|free|newsletters?|alerts?|updates|"
    r"inbox|account|emails?|for\sour)\b)|subscribe\b[^.!?]{0,60}\b(?:to|now|today|here|for)\b|"
    r"follow\s(?:us|our|me|live|along|@|the\slatest)|"
    rf"follow\s[^.!?]{{1,80}}(?:\b(?:on|via)\s{_PLATFORM}\b|@\w)|"
    r"(?:download|get|try|install)\s(?:our|the|your)\s[^.!?]{0,40}\b(?:app|newsletters?|alerts|e-?edition)\b|"
    r"(?:read|see|view|watch|find|check\sout|explore|browse|visit|get|learn|listen\sto|catch\sup\son|keep)\s(?:"
    r"more\b[^.!?]{0,80}$|(?:the|our|all|his|her|their|this)\s(?:full|latest|complete|entire|original|whole|previous|"
    r"other|related)\b[^.!?]{0,80}$|[^.!?]{0,80}\bhere[.!:]?$|next\b|reading\b[^.!?]{0,40}$)|"
    r"(?:contact|reach|e-?mail|tweet|message|call|shoot|send|drop)\b[^!?]{0,80}(?:@\w|\bat\s\(?\d{3}|\b1-800-)|"
    r"get\s[^.!?]{0,50}\bnewsletters?\b|hit\splay\b|(?:listen|tune\sin)\s(?:to|on)\b[^.!?]{0,60}\b(?:podcast|player|below|wherever)\b|"
    r"(?:check|see)\s(?:your|out)\b[^.!?]{0,60}\b(?:here|forecast|hub|podcasts?|newsletters?|games)\b|"
    r"consider\s(?:supporting|subscribing|becoming)\b|(?:visit|see)\s[\w.-]+\.com\b|"
    r"(?:like|join|find|visit|friend)\sus\b|"
    r"(?:leave|post|add|write|join|view|see|read|show)\s(?:a|an|your|the|all|\d+)?\s?"
    r"(?:comments?|repl(?:y|ies)|feedback|review|discussion|conversation)\b|share\s(?:this|your|on|with|via)\b|"
    r"support\s(?:our|quality|local|independent)\s[^.!?]{0,30}journalism|"
    r"(?:accept|manage|reject)\s(?:all\s)?(?:cookies|preferences)|enable\s(?:javascript|cookies))",
    re.IGNORECASE,
)
_NOTICE = re.compile(  # how a publisher begins to speak of its own page
    r"\W*(?:(?:additional\s)?(?:reporting|writing|compiled|edited|editing|photographs?|graphics?)\sby\s(?-i:[A-Z])|"
    r"(?:with|from)\s(?:files|reporting|reports|wire\sreports)\s(?:from|by)\b|©|\(c\)\s|copyright\s(?:©|\(c\)|\d{4}|by\s|the\s)|"
    r"(?:not|already|become|are\syou)\sa\s(?:subscriber|member)|"
    r"(?:got|have|do\syou\shave)\s(?:a|any)\s(?:\w+\s){0,2}(?:tips?|questions?|story|feedback|comments?)\b[^?]{0,60}\?|"
    r"looking\sfor\s[^.!?]{0,60}\?\s*(?:follow|see|read|visit|check|find|click)\b|"
    r"would\syou\slike\sto\sreceive\b|thank(?:s|\syou)\sfor\s(?:supporting\sour|reading\b|subscribing|signing\sup|"
    r"listening\sto\s(?-i:[A-Z\d]))|must\sbe\s(?:18|21)\b|(?:terms|restrictions|conditions)\sapply\b)",
    re.IGNORECASE,
)
_NOTICE_WORDS = word_set(
    "contributed story article report post piece content page column commentary material version appeared rights inbox "
    "earn receive affiliate commission revenue cookies agree accept consent acknowledge confirm browser unlimited comment "
    "comments caption ad audio privacy policy details information data unsubscribe newsletter newsletters email edition "
    "journalism subscriber-only subscribers subscribe subscription transcript grant editorial opinions registration here link button"
)
_NOTICE_WITHIN = re.compile(  # what only a publisher says of its own page; holds one of the words above
    r"\b(?:contributed\s(?:to\s)?this\s(?:report|story|article|piece|post)\b|"
    r"contributed\s(?:reporting|to\sreporting|to\sthe\sreport)\W*$|"
    r"this\s(?:story|article|report|post|piece|content|page|column|material)\s(?:has\sbeen|was|is|will\sbe|may\snot\sbe|"
    r"may\shave|may|and\sheadline\shave\sbeen)\s(?:\w+\s){0,2}(?:updated|corrected|published|republished|produced|translated|reproduced|broadcast|"
    r"appeared|adapted|contain|excerpted|part\sof\sour|breaking|developing)\b|originally\sappeared\s(?:on|in|at)\b|"
    r"all\srights\sreserved\b|(?:to|in)\syour\s(?:e-?mail\s)?inbox\b|affiliate\slinks?\b|"
    r"we\s(?:may|might|could|can|will)\s(?:earn|receive)\b[^.!?]{0,40}\b(?:commissions?|fees?)\b|"
    r"(?:we|our\spartners|(?:this|our)\s(?:web)?site)\s(?:\w+\s){0,4}uses?\s(?:\w+\s){0,2}cookies|"
    r"by\s(?:clicking|signing\sup|continuing|submitting|subscribing|using\sthis|providing|registering)\b"
    r"[^.!?]{0,120}\b(?:you|i)\s(?:\w+\s)?(?:agree|accept|consent|acknowledge|confirm)|"
    r"(?:an?|the)\s(?:earlier|previous|prior|longer|shorter|different)?\s?version\sof\sthis\s"
    r"(?:story|article|report|post|piece|column|video|gallery|headline|graphic|newsletter)\b|"
    r"(?:may|might|could|can)\searn\s(?:us|revenue)\b|"
    r"(?:views|opinions)\sexpressed\s(?:in\sthis|here|are|do)\b|this\stranscript\s(?:was|has|may|is)\b|"
    r"we\s(?:will|may|can)\suse\sthe\s(?:information|details|data)\b|(?:use|processing|storage)\sof\s(?:your|this)\s"
    r"(?:data|information)\b|our\s(?:\w+\s){0,2}privacy\spolicy\b|unsubscribe\sat\sany\stime\b|"
    r"newsletter\s(?:provides|brings|gives|delivers|sends)\syou\b|(?:support|supporting)\s(?:our|local|quality|independent)"
    r"\sjournalism\b|articles?\s(?:is|are)\s(?:only\s)?(?:for|available\sto)\s[^.!?]{0,40}\bsubscribers\b|subscriber-only\b|"
    r"(?:supported|made\spossible)\sin\spart\sby\sa\sgrant\b|provides?\seditorial\sinput\b|provide\sany\seditorial\b|"
    r"subscri(?:be|ption)\sto\s(?:one\sof\s)?our\b|to\ssubscribe,|"
    r"(?:clicking|click|tap)\s(?:here|(?:on\s)?the\s(?:same\s)?(?:link|button))\b|sign\sup\s(?:for|to)\b[^.!?]{0,60}\b(?:newsletters?|here|email)\b|"
    r"(?:you\scan|your|our)\b[^.!?]{0,100}(?<!\bis\s)(?<!\bare\s)\bhere\s?[.!:]*$|audio\sand\sthe\stext\b|"
    r"your\sbrowser\s(?:does\snot|doesn[’']t|is)\b|unlimited\saccess\sto\b[^.!?]{0,80}\bsubscri|"
    r"(?:your|us|share|leave|tell|let|drop|join)\b[^.!?]{0,80}\bin\sthe\scomments?\b|hide\scaption\b|relevant\sis\sthis\sad\b)",
    re.IGNORECASE,
)
_AGENCY = (
    r"(?:AP|AFP|EPA|PA|DPA|UPI|ANI|TASS|Xinhua|Reuters|REUTERS|Getty|GETTY|Shutterstock|SIPA|Zuma|ZUMA|NurPhoto|Redux|"
    r"Bloomberg|Alamy|iStock|Anadolu|Corbis|WireImage|FilmMagic|Pool|Handout|File|FILE|Images?|IMAGES|Sports|Network|"
    r"USA\sTODAY|[A-Z]\w+\s(?:Press|News|Post|Times|Images|Agency|Archive))"
)
_SLASH_CREDIT = re.compile(
    r"\W*(?!(?:The|An?|In|On|At)\s)(?:[^.!?:;,/]|(?<=\s[A-Z])\.|(?<=Jr)\.|(?<=^[A-Z])\.){2,60}//?(?:[\w.&’'-]+[\s/]){0,5}?"
    rf"(?:{_AGENCY}|[A-Z]{{3,5}})(?=[\s/)]*$|[./)\s]+[A-Z(“\"])"
)
_INNER_CREDIT = re.compile(
    r"[A-Z][\w.’'-]+\s?/\s?(?:Getty\sImages|AP|AFP|Reuters|REUTERS|EPA|Shutterstock|Anadolu\sAgency)(?=\s*$|\s+[A-Z(])"
    r"|©\s?(?:19|20)\d\d\b"
)
_VIA_CREDIT = re.compile(
    rf"\bvia\s(?:{_AGENCY}|Instagram|Facebook|Twitter|YouTube)(?=[\s/)]*$|\s(?:Images\s)?[A-Z])"
)
_CREDIT = re.compile(
    r"\W*(?:(?:AP|AFP|Getty|Reuters|EPA|File|Courtesy)\s(?:Photo|Images?|photo|picture|of)\b[^.!?]{0,60}$|"
    r"(?:Courtesy|Handout|Photo(?:s|graphs?)? courtesy)\b|(?:Provided|Supplied|Illustration|Image|Photo(?:s|graphs?)?) by\s[A-Z])"
)
_ENCLOSED_CREDIT = re.compile(
    r"\((?:AP\sPhoto|Photo|Image|Picture|Screenshot|Photograph|Illustration|Credit)\b[^)]{0,80}\)?\.?$"
)
_SIGNATURE = re.compile(r"\W*[^.!?@]{1,60}\(@\w{1,30}\)|.*[—–-]\s[^—@]{2,60}\s\(@\w{1,30}\)")
_ADDRESS = re.compile(  # where the writer, or more of the same, is to be found
    r"\b(?:contact|e-?mail|follow(?:ed)?|send|comments|tips|questions)\b[^!?]{0,100}\w@\w|"
    r"\breach(?:ed)?\b[^!?]{0,60}(?:\w@\w|\(?\d{3}\)?[ .-]\d{3})|pic\.twitter\.com/|https?://\S+$",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"\W*(?:[Bb]y|BY|(?:[Ww]ritten|[Rr]eported|[Pp]osted|[Ss]tory|Analysis|Opinion) by)\s"
    r"(?:(?:[A-Z][\w.’'-]*|and|de|van|von|of|for|the|&|\||•|-)[\s,]*){2,12}\W*$"
)
_QUESTION_WORD = re.compile(r"(?:What|Where|When|Why|How|Who|Which|Here)(?:[’']s)?\b")
_ARTICLE = re.compile(r"\b(?:the|a|an|his|her|their|its|this|that|my|our|your)\b", re.IGNORECASE)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|did|does|do|said|says|told|"
    r"\w+n[’']t|it[’']s|that[’']s|he[’']s|she[’']s|they[’']re|we[’']re|I[’']m)\b",
    re.IGNORECASE,
)


def is_quotable(sentence: str) -> bool:
    """Say whether a span of text is a sentence somebody could be quoted with, rather than page furniture.

    False for teasers ("Read more"), orders to the reader, credits, bylines, notices of the publisher, headings
    and other lines that never finish, and what is too short to say anything. In doubt it is a sentence.
    """
    start = sentence[:_SEEN]
    finished = bool(_FINISHED.search(sentence[-40:]))
    if len(_UNSPACED.findall(start)) >= _LETTERS:
        return finished or len(start) >= 4 * _LETTERS
    words = _WORD.findall(start)
    if len(words) < MIN_TOKENS - 1 or len(_TOKEN.findall(start)) < MIN_TOKENS:
        return False
    if all(word[0].isupper() for word in words):
        return finished and len(words) > _LONGEST_SHOUT
    return (finished or _prose(start, words)) and not _is_boilerplate(start, words)


def _is_boilerplate(start: str, words: list[str]) -> bool:
    bare = _OPENING.sub("", start)
    return bool(
        _LABEL.match(bare)
        or _GLUED_LABEL.match(start)
        or _WIDGET.match(start)
        or _ordered(start, bare)
        or _NOTICE.match(start)
        or _noticed(start, words)
        or _BYLINE.match(start)
        or (
            (("@" in start or "/" in start or "-" in start) and _ADDRESS.search(start))
            and not _QUOTE.search(start)
        )
        or _credit(start)
    )


def _ordered(start: str, bare: str) -> bool:
    """Say whether the reader is told to do something, by the page and not within somebody's quotation."""
    order = _ORDER.search(bare)
    return order is not None and not _QUOTE.search(start, 0, len(start) - len(bare) + order.start())


def _noticed(start: str, words: list[str]) -> bool:
    """Say whether the publisher speaks of its own page, and nobody is quoted."""
    if _NOTICE_WORDS.isdisjoint(map(str.lower, words)):
        return False
    notice = _NOTICE_WITHIN.search(start)
    if notice is None:
        return False
    before = start[: notice.start()]
    return before.count("“") <= before.count("”") and before.count('"') % 2 == 0


def _credit(start: str) -> bool:
    """Say whether a picture's or a post's author is named the way only credits do."""
    return bool(
        _CREDIT.match(start)
        or ("/" in start and _SLASH_CREDIT.match(start))
        or (" via " in start and _VIA_CREDIT.search(start))
        or ("c/o " in start[:80])
        or (("/" in start or "©" in start) and _INNER_CREDIT.search(start))
        or ("(" in start and _ENCLOSED_CREDIT.search(start))
        or ("@" in start and _SIGNATURE.match(start))
    )


def _prose(start: str, words: list[str]) -> bool:
    """Say whether an unfinished line is too much like prose to be a heading, a caption or an item of a list."""
    small = sum(not word[0].isupper() for word in words) / len(words)
    if small < 0.5 or _QUESTION_WORD.match(_OPENING.sub("", start)):
        return False
    if len(words) >= _LONG_LINE:
        return True
    return len(words) >= 7 and bool(_ARTICLE.search(start) and _FINITE.search(start))
