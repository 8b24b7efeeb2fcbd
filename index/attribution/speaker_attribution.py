"""Who says a sentence of an article, and how the article describes them; None where that is not safe."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from index.articles import Span
from index.attribution.entities import (
    canonical_name,
    description_of,
    is_common_noun,
    is_institution,
    is_person,
    looks_like_institution,
    pronoun_agrees,
    role_holder,
    surname_for_title,
)
from index.attribution.sentence_attribution import (
    Attribution,
    Mention,
    MentionType,
    find_attribution,
    find_cited,
    find_dialogue_label,
    find_opening_subject,
    find_subject,
    frames_quotation,
    mask_quotes,
    split_title,
)
from index.attribution.speaker import Speaker
from index.attribution.token_classes import QUOTE_MASK
from index.text.transcripts import Label, last_name, transcript_labels

# All judged by reading articles; the marked articles of `index.evaluation.eval_speakers` are only a check.
_PARAGRAPH_CHARS = 1500  # characters of a paragraph looked at on either side
_PRONOUN_LOOKBACK = 4  # sentences looked back for whom "he" stands; measured: further back 58 % are right
_MIN_PRONOUN_EXPLICITNESS = 3  # "he" is followed only where he plainly says it
_LABEL_CHARS = 160  # characters of a line in which the label of a turn ends
_MIN_DIALOGUE_LABELS = 2  # lines that begin with a name and a colon before they pass for a dialogue
_MAX_NEIGHBOURS = 20  # sentences of its own paragraph looked at on either side
_MAX_PARAGRAPHS_BACK = 4  # quoted paragraphs looked back for their speaker
_NAME_CHARS = 60  # before a name in which the first half of it may stand; judged
# "Brighton and ", and the word before that
_FIRST_HALF = re.compile(r"(?:(?P<before>[^\s]+)\s)?(?P<first>[A-Z][\w’'-]+)\s(?:and|&)\s\Z")
_TWO_NAMES = re.compile(r"(?P<names>[A-Z][\w-]+\s[A-Z][\w-]*\w)")  # "Hove Albion" of "Hove Albion's manager"


def speaker_of(text: str, spans: Sequence[Span], index: int) -> Speaker | None:
    """Return who says, or is cited for, sentence `spans[index]` of an article; None where that is not safe.

    `spans` are the article's sentences in order. The name is the longest the article uses for the speaker and
    stands in `text` as given; so does the description. "He" and "the senator" are followed back within the
    article. Raise IndexError when there is no such sentence.
    """
    resolver = _SpeakerResolver(text, spans)
    found = resolver.attribution(index)
    mention = resolver.resolve(*found) if found else None
    if mention is None:
        return None
    name = canonical_name(text, mention)
    description = description_of(text, mention, name)
    first_half = _first_half(text, name)
    if first_half and (_always_follows(text, name, first_half) or is_institution("", text[slice(*name)])):
        name = Span(first_half.start, name.end)
    if (
        description
        and (first_half := _first_half(text, description))
        and _TWO_NAMES.match(text, description.start)
    ):
        joined = Span(first_half.start, description.end)
        description = joined if _always_follows(text, description, first_half) else None
    return Speaker(text[slice(*name)], text[slice(*description)] if description else None)


def _first_half(text: str, span: Span) -> Span | None:
    """Return the one name right before an "and" and a span, as that of "Brighton and Hove Albion" before "Hove Albion"."""
    line = text[max(0, span.start - _NAME_CHARS) : span.start].rpartition("\n")[2]
    found = _FIRST_HALF.search(line)
    if not found or (found["before"] and found["before"][0].isupper() and found["before"][-1].isalpha()):
        return None
    start = span.start - len(line)
    return Span(start + found.start("first"), start + found.end("first"))


def _always_follows(text: str, span: Span, first_half: Span) -> bool:
    """Return True if a name, two words of it, stands several times in a text and never without its first half."""
    names = _TWO_NAMES.match(text, span.start)
    if names is None:
        return False
    alone = text.count(names["names"])
    return 1 < alone == text.count(text[first_half.start : names.end("names")])


def cited_source(sentence: str) -> str | None:
    """Return the outlet or other institution a sentence names as where its news comes from, or None.

    "The Washington Post reported that ..." gives "The Washington Post". People are no sources in this sense.
    """
    sentence = sentence[:_PARAGRAPH_CHARS]
    for mention in find_cited(mask_quotes(sentence)):
        if (
            mention.kind is MentionType.NAME
            and looks_like_institution(sentence, mention.name)
            and mention.title is None
        ):
            return sentence[slice(*mention.name)]
    return None


def subject_of(sentence: str, cue: str) -> str | None:
    """Return whom a sentence names as doing what `cue`, words of it, says.

    For "denied" that may be "the Kremlin". Return None when it names nobody.
    """
    sentence = sentence[:_PARAGRAPH_CHARS]
    start = sentence.find(cue)
    found = find_subject(mask_quotes(sentence), Span(start, start + len(cue))) if start >= 0 else None
    return sentence[slice(*found.name)] if found else None


class _SpeakerResolver:
    """Finds the speakers of one article; masks and attributes each sentence once, when it is first needed."""

    def __init__(self, text: str, spans: Sequence[Span]) -> None:
        self._text = text
        self._spans = spans
        self._paragraphs: dict[Span, str] = {}
        self._own_attributions: dict[int, Attribution | None] = {}

    @cached_property
    def _labels(self) -> dict[int, Label]:
        return transcript_labels(self._text)

    def attribution(self, index: int) -> tuple[int, Attribution] | None:
        """Return who says a sentence and in which sentence that stands.

        That is its own sentence, or one it shares a quotation with.
        """
        own = self.own_attribution(index)
        quoted = self._is_quoted(index)
        if own:
            return index, own
        if not quoted:
            return self._dialogue_label(index)
        if any(map(self._frames_quotation, self._one_quotation(index))):
            return None
        return self._attribution_in_paragraph(index) or self._attribution_in_paragraphs_before(index)

    def resolve(self, index: int, found: Attribution) -> Mention | None:
        """Return whom a mention stands for: itself when it is a name, else a name further up, else None."""
        mention = found.mention
        if mention.kind is MentionType.PRONOUN:
            return self._antecedent(index, mention)
        if mention.kind is MentionType.ROLE:
            named = surname_for_title(self._text, mention) or role_holder(self._text, mention)
            return named or (mention if self._is_informative(mention) else None)
        if mention.kind is MentionType.NAME and is_common_noun(self._text, mention):
            return None
        return mention

    def _is_informative(self, role: Mention) -> bool:
        """Return True if a role alone tells whose words they are.

        "officials" does, "the supervisor" does not.
        """
        name = self._text[slice(*role.name)]
        return " " in name or name.endswith("s") or name.lower() in ("police", "people")

    def own_attribution(self, index: int) -> Attribution | None:
        """Return whom the sentence itself names."""
        if index not in self._own_attributions:
            start = self._spans[index].start
            own = self._label_attribution(index) or find_attribution(self.masked_sentence(index), start)
            unsafe = (
                own
                and own.mention.kind is MentionType.PRONOUN
                and own.explicitness < _MIN_PRONOUN_EXPLICITNESS
            )
            self._own_attributions[index] = None if unsafe else own
        return self._own_attributions[index]

    def _label_attribution(self, index: int) -> Attribution | None:
        """Return the speaker whose label opens the line of the sentence, in a dialogue written line by line."""
        start, line = self._spans[index].start, self._paragraph(index).start
        if ":" not in self._text[line : line + _LABEL_CHARS]:
            return None
        turn = self._transcript_turn(start, line)
        if turn or start != line:
            return turn
        mention = find_dialogue_label(self.masked_sentence(index), start)
        if mention is None or self._is_heading(mention):
            return None
        return Attribution(mention, 2, mention.name)

    def _transcript_turn(self, start: int, line: int, *, anywhere: bool = False) -> Attribution | None:
        """Return the speaker of the label right before a sentence, or at its start, in a transcript.

        With `anywhere` the sentence may stand anywhere in the line that the label opens.
        """
        labels = self._labels
        own = next(
            (label for label in labels.values() if line <= label.span.start < line + _LABEL_CHARS), None
        )
        if own is None or not own.names_speaker:
            return None
        if start not in own.span and not (anywhere and self._is_one_line(own.span.end, start)):
            return None
        last = last_name(self._text, own)
        alike = (label.description for label in labels.values() if last_name(self._text, label) == last)
        description = own.description or next(filter(None, alike), None)
        name, title = split_title(self._text, own.name)
        return Attribution(Mention(MentionType.NAME, name, description, title), 2, own.name)

    def _is_one_line(self, start: int, end: int) -> bool:
        return start <= end and "\n" not in self._text[start:end]

    def _is_heading(self, mention: Mention) -> bool:
        """Return True if a label opens no turn of a dialogue: the label of a turn comes again."""
        name = self._text[slice(*mention.name)]
        return (
            name.isupper()
            or not is_person(self._text, mention)
            or self._text.count(f"\n{name}:") < _MIN_DIALOGUE_LABELS
        )

    def _dialogue_label(self, index: int) -> tuple[int, Attribution] | None:
        first = min(self._neighbours(index, -1), default=index)
        # The first sentence of a turn may be too short to be among the sentences: "My pleasure."
        labelled = self._label_attribution(first) or self._transcript_turn(
            self._spans[first].start, self._paragraph(first).start, anywhere=True
        )
        return (first, labelled) if labelled else None

    def masked_sentence(self, index: int) -> str:
        """Return the sentence with QUOTE_MASK for every character between quotation marks."""
        start, end = self._spans[index]
        paragraph = self._paragraph(index)
        if paragraph not in self._paragraphs:
            self._paragraphs[paragraph] = mask_quotes(self._text[slice(*paragraph)])
        return self._paragraphs[paragraph][start - paragraph.start : end - paragraph.start]

    def _paragraph(self, index: int) -> Span:
        start, end = self._spans[index]
        low = (
            max(0, start // _PARAGRAPH_CHARS - 1) * _PARAGRAPH_CHARS
        )  # the same for neighbours, which then share what was read
        high = min(len(self._text), (end // _PARAGRAPH_CHARS + 2) * _PARAGRAPH_CHARS)
        before = self._text.rfind("\n", low, start)
        after = self._text.find("\n", end, high)
        return Span(low if before < 0 else before + 1, high if after < 0 else after)

    def _is_quoted(self, index: int) -> bool:
        masked = self.masked_sentence(index)
        return 2 * masked.count(QUOTE_MASK) > len(masked)

    def _one_quotation(self, index: int) -> Iterator[int]:
        """Yield a sentence and those of its paragraph with only quoted words between, up to who says them."""
        yield index
        if self.masked_sentence(index).endswith(QUOTE_MASK):
            yield from self._quotation_behind(index)
        for other in self._neighbours(index, -1):
            if self.own_attribution(other) or not self._is_quoted(other):
                return
            yield other

    def _frames_quotation(self, index: int) -> bool:
        """Return True if a sentence gives its quotation to somebody: "The email said, ..."."""
        return self.own_attribution(index) is None and frames_quotation(self.masked_sentence(index))

    def _neighbours(self, index: int, step: int) -> Iterator[int]:
        """Yield the sentences of the same paragraph, walking away from one."""
        paragraph = self._paragraph(index)
        for _ in range(_MAX_NEIGHBOURS):
            index += step
            if not (
                0 <= index < len(self._spans) and paragraph.start <= self._spans[index].start < paragraph.end
            ):
                return
            yield index

    def _attribution_in_paragraph(self, index: int) -> tuple[int, Attribution] | None:
        runs_on = self.masked_sentence(index).endswith(QUOTE_MASK)
        begins = self._begins_quotation(index)
        if runs_on and begins:
            return self._following_attribution(index) or self._preceding_attribution(index)
        return self._preceding_attribution(index) or (self._following_attribution(index) if runs_on else None)

    def _begins_quotation(self, index: int) -> bool:
        return self._text[self._spans[index].start] in "\"“'‘`«"

    def _quotation_behind(self, index: int) -> Iterator[int]:
        """Yield the sentences that go on the same unbroken quotation: "A. B," she said."""
        for other in self._neighbours(index, 1):
            if not self.masked_sentence(other).startswith(QUOTE_MASK) or self._begins_quotation(other):
                return
            yield other

    def _following_attribution(self, index: int) -> tuple[int, Attribution] | None:
        """Return the attribution that follows in the same unbroken quotation."""
        for other in self._quotation_behind(index):
            own = self.own_attribution(other)
            if own and own.explicitness > 1:
                return other, own
        return None

    def _preceding_attribution(self, index: int) -> tuple[int, Attribution] | None:
        """Return the attribution that came before in the same paragraph, with only quoted words since."""
        for other in self._neighbours(index, -1):
            own = self.own_attribution(other)
            if own and own.explicitness > 1:
                return other, own
            if not self._is_quoted(other):
                return None
        return None

    def _attribution_in_paragraphs_before(self, index: int) -> tuple[int, Attribution] | None:
        """Return the speaker of the paragraph before, for one that goes on quoting without naming anybody."""
        for _ in range(_MAX_PARAGRAPHS_BACK):
            first = min(self._neighbours(index, -1), default=index)
            if first == 0 or not self._begins_quotation(first):
                return None
            index = first - 1
            own = self.own_attribution(index)
            if own:
                leads_in = QUOTE_MASK in self.masked_sentence(index) or self.masked_sentence(index).endswith(
                    ":"
                )
                return (index, own) if own.explicitness > 1 and leads_in else None
            if not self._is_quoted(index) or self._frames_quotation(index):
                return None
            behind = self._preceding_attribution(index)
            if behind:
                return behind
        return None

    def _antecedent(self, index: int, pronoun: Mention) -> Mention | None:
        """Return the person a pronoun stands for.

        That is whoever the sentences before it are about, if only one can be meant.
        """
        word = self._text[slice(*pronoun.name)].lower()
        for other in range(index, max(-1, index - _PRONOUN_LOOKBACK), -1):
            candidate = self._subject_before(other, pronoun)
            if candidate and candidate.kind is MentionType.ROLE:
                candidate = role_holder(self._text, candidate) or candidate
            if (
                candidate
                and candidate.kind is not MentionType.PRONOUN
                and pronoun_agrees(self._text, candidate, word)
            ):
                return candidate
        return None

    def _subject_before(self, index: int, pronoun: Mention) -> Mention | None:
        """Return the speaker of a sentence, or else its opening subject, if they stand before a pronoun."""
        own = self.own_attribution(index)
        if own and own.mention.name.end <= pronoun.name.start and own.mention.kind is not MentionType.PRONOUN:
            return own.mention
        first = find_opening_subject(self.masked_sentence(index), self._spans[index].start)
        return first if first and first.name.end <= pronoun.name.start else None
