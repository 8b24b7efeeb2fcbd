import gzip
import json

import pytest

from index.evaluation.eval_speakers import judge_sentences, names_agree, score_speakers

TEXT = "The mayor Ada Fenn was there. “The bridge will open in May,” Ada Fenn said. It rained all day."
QUOTE = "“The bridge will open in May,”"


def marked(source, identity="1"):
    start, content = TEXT.index(source), TEXT.index(QUOTE)
    mark = {
        "source": {"text": source, "spans": [[start, start + len(source)]]},
        "content": {"spans": [[content, content + len(QUOTE)]]},
        "cue": {"text": "said"},
    }
    return {"id": identity, "text": TEXT, "attributions": [mark]}


def test_the_marked_source_is_the_speaker():
    verdicts = list(judge_sentences(marked("Ada Fenn")))
    assert [verdict.attributed for verdict in verdicts] == [False, True, False]
    assert verdicts[1].speaker.name == "Ada Fenn"
    assert verdicts[1].correct
    assert verdicts[1].by_saying_verb


def test_another_source_makes_the_speaker_wrong():
    assert not list(judge_sentences(marked("bridge")))[1].correct


def test_scores_count_sentences(tmp_path):
    with gzip.open(tmp_path / "articles.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(marked("Ada Fenn", str(number))) + "\n" for number in range(8))
    scores = score_speakers(tmp_path)
    assert (scores.named, scores.correct, scores.attributed, scores.found) == (8, 8, 8, 8)
    assert scores.precision == scores.recall == scores.saying_verb_recall == 1.0
    assert score_speakers(tmp_path, limit=3).named == 3


@pytest.mark.parametrize(
    ("name", "source", "agree"),
    [
        ("Jane Roe", "Mayor Roe", True),
        ("Roe", "Roe’s", True),
        ("Roe", "Roe's lawyer", False),
        ("", "Roe", False),
    ],
)
def test_names_agree_by_their_last_word(name, source, agree):
    assert names_agree(name, source) is agree
