"""What teasers, credits, bylines and a publisher's notices look like: the patterns of `index.text.boilerplate`.

They see at most the first `SCANNED_LENGTH` characters of a line. Above each stands what it is for, with lines that
it matches. The wordings were collected by reading what was left between the sentences of real pages; none is from a
standard.
"""

import re

from index.text.word_lists import load_words

# A word that begins with a letter: "don’t", "Sub-zero".
LETTER_WORD = re.compile(r"[^\W\d_][\w’'-]*")
# A word or a number, whole: "3,000", "well-known".
WORD_OR_NUMBER = re.compile(r"[^\W_]+(?:[.,:’'-][^\W_]+)*")
# A letter of a script that writes no spaces between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese,
# Korean: "ก", "山".
UNSPACED_LETTER = re.compile(
    r"[\u0e00-\u0edf\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
# How a finished sentence ends: its mark, then closing quotes and brackets, or the number of a note: "She
# left.", "“She left.”", "She left.[12]".
SENTENCE_END = re.compile(r"[.!?…。！？｡।؟۔።։፧។៕။॥][\"”’'»)\]」』\s]*$|[.!?…][\"”’'»)\]]*\[\d{1,3}\]$")
# A mark that opens somebody's words: "She said “yes”".
QUOTE_START = re.compile(r'["“«]')
# Marks before a line's first word: "► Read more".
LEADING_MARKS = re.compile(r"^[\s\"“‘'(\[»›>|►▸•*#_=~→–—-]+")
# A label and a colon in front of what is a link, a credit or a word to the reader: "Read more: How the
# bridge was built", "Photos: The storm", "Editor’s note: names were changed".
LABEL = re.compile(
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
# A link's two halves without a space between them: "Who won:The final tally".
GLUED_LABEL = re.compile(r":[A-Z‘'“]|[^.!?:/@]{0,80}[\w’'!?]:[‘'“]?[A-Z](?!.*\.[\"”’')]*$)")
# The words of a video player: "JUST WATCHED How sails work", "This video player is loading".
PLAYER_TEXT = re.compile(
    r"(?:JUST|MUST) WATCH(?:ED)?\b|[^.!?]{0,60}\bvideo (?:player|content) (?:was|is|never|did)\b",
    re.IGNORECASE,
)
# A social network: "Facebook".
_PLATFORM = (
    r"(?:twitter|x|facebook|instagram|threads|bluesky|mastodon|tiktok|linkedin|youtube|telegram|whatsapp|snapchat|"
    r"social\smedia)"
)
# What the reader is told to do, at the start of the line or of one of its parts: "Click here to see the
# map", "Follow us on Twitter", "That is all. Sign up for our newsletter".
INSTRUCTION = re.compile(
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
# How a publisher begins to speak of its own page: "Additional reporting by Jane Roe.", "© 2024 Example
# News", "Already a subscriber?"
NOTICE_START = re.compile(
    r"\W*(?:(?:additional\s)?(?:reporting|writing|compiled|edited|editing|photographs?|graphics?)\sby\s(?-i:[A-Z])|"
    r"(?:with|from)\s(?:files|reporting|reports|wire\sreports)\s(?:from|by)\b|©|\(c\)\s|copyright\s(?:©|\(c\)|\d{4}|by\s|the\s)|"
    r"(?:not|already|become|are\syou)\sa\s(?:subscriber|member)|"
    r"(?:got|have|do\syou\shave)\s(?:a|any)\s(?:\w+\s){0,2}(?:tips?|questions?|story|feedback|comments?)\b[^?]{0,60}\?|"
    r"looking\sfor\s[^.!?]{0,60}\?\s*(?:follow|see|read|visit|check|find|click)\b|"
    r"would\syou\slike\sto\sreceive\b|thank(?:s|\syou)\sfor\s(?:supporting\sour|reading\b|subscribing|signing\sup|"
    r"listening\sto\s(?-i:[A-Z\d]))|must\sbe\s(?:18|21)\b|(?:terms|restrictions|conditions)\sapply\b)",
    re.IGNORECASE,
)
# Without one of these words a line need not be searched for `NOTICE`, the slowest pattern.
NOTICE_WORDS = load_words("text/notice_words")
# What only a publisher says of its own page; it holds one of `NOTICE_WORDS`: "This story has been
# updated.", "You can read the report here.", "All rights reserved."
NOTICE = re.compile(
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
# A news or picture agency: "Reuters", "Example News".
_AGENCY = (
    r"(?:AP|AFP|EPA|PA|DPA|UPI|ANI|TASS|Xinhua|Reuters|REUTERS|Getty|GETTY|Shutterstock|SIPA|Zuma|ZUMA|NurPhoto|Redux|"
    r"Bloomberg|Alamy|iStock|Anadolu|Corbis|WireImage|FilmMagic|Pool|Handout|File|FILE|Images?|IMAGES|Sports|Network|"
    r"USA\sTODAY|[A-Z]\w+\s(?:Press|News|Post|Times|Images|Agency|Archive))"
)
# A photographer and an agency, parted by a slash, at the start of a line: "Jane Roe/Getty Images".
SLASH_CREDIT = re.compile(
    r"\W*(?!(?:The|An?|In|On|At)\s)(?:[^.!?:;,/]|(?<=\s[A-Z])\.|(?<=Jr)\.|(?<=^[A-Z])\.){2,60}//?(?:[\w.&’'-]+[\s/]){0,5}?"
    rf"(?:{_AGENCY}|[A-Z]{{3,5}})(?=[\s/)]*$|[./)\s]+[A-Z(“\"])"
)
# The same at the end of a caption, or before its next sentence; or a year of copyright: "The bridge in May.
# Roe/AFP", "© 2024".
INNER_CREDIT = re.compile(
    r"[A-Z][\w.’'-]+\s?/\s?(?:Getty\sImages|AP|AFP|Reuters|REUTERS|EPA|Shutterstock|Anadolu\sAgency)(?=\s*$|\s+[A-Z(])"
    r"|©\s?(?:19|20)\d\d\b"
)
# The agency that passed a picture on: "The bridge in May, Jane Roe via Getty".
VIA_CREDIT = re.compile(
    rf"\bvia\s(?:{_AGENCY}|Instagram|Facebook|Twitter|YouTube)(?=[\s/)]*$|\s(?:Images\s)?[A-Z])"
)
# How a picture's credit begins: "AP Photo by Jane Roe", "Courtesy of the museum", "Image by Jane Roe".
CREDIT_START = re.compile(
    r"\W*(?:(?:AP|AFP|Getty|Reuters|EPA|File|Courtesy)\s(?:Photo|Images?|photo|picture|of)\b[^.!?]{0,60}$|"
    r"(?:Courtesy|Handout|Photo(?:s|graphs?)? courtesy)\b|(?:Provided|Supplied|Illustration|Image|Photo(?:s|graphs?)?) by\s[A-Z])"
)
# A credit in brackets at the end of a caption: "The bridge in May. (Photo: Jane Roe)".
ENCLOSED_CREDIT = re.compile(
    r"\((?:AP\sPhoto|Photo|Image|Picture|Screenshot|Photograph|Illustration|Credit)\b[^)]{0,80}\)?\.?$"
)
# Who wrote a post on a social network, with the handle: "Jane Roe (@janeroe)", "The bridge is open — Jane
# Roe (@janeroe)".
POST_SIGNATURE = re.compile(r"\W*[^.!?@]{1,60}\(@\w{1,30}\)|.*[—–-]\s[^—@]{2,60}\s\(@\w{1,30}\)")
# Where the writer, or more of the same, is to be found: "Send tips to jane@example.com", "Reach her at
# 555-123-4567", "It is open https://t.example/x".
CONTACT_ADDRESS = re.compile(
    r"\b(?:contact|e-?mail|follow(?:ed)?|send|comments|tips|questions)\b[^!?]{0,100}\w@\w|"
    r"\breach(?:ed)?\b[^!?]{0,60}(?:\w@\w|\(?\d{3}\)?[ .-]\d{3})|pic\.twitter\.com/|https?://\S+$",
    re.IGNORECASE,
)
# Who wrote the article: "By Jane Roe and John Doe", "Written by Jane Roe".
BYLINE = re.compile(
    r"\W*(?:[Bb]y|BY|(?:[Ww]ritten|[Rr]eported|[Pp]osted|[Ss]tory|Analysis|Opinion) by)\s"
    r"(?:(?:[A-Z][\w.’'-]*|and|de|van|von|of|for|the|&|\||•|-)[\s,]*){2,12}\W*$"
)
# How headings begin more often than unfinished sentences do: "Why the bridge was closed", "Here’s what to
# know".
HEADING_START = re.compile(r"(?:What|Where|When|Why|How|Who|Which|Here)(?:[’']s)?\b")
# A word that headings leave out: "closed the bridge".
DETERMINER = re.compile(r"\b(?:the|a|an|his|her|their|its|this|that|my|our|your)\b", re.IGNORECASE)
# A finite verb that prose has and labels seldom have: "the bridge was closed", "she didn’t".
FINITE_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|did|does|do|said|says|told|"
    r"\w+n[’']t|it[’']s|that[’']s|he[’']s|she[’']s|they[’']re|we[’']re|I[’']m)\b",
    re.IGNORECASE,
)
