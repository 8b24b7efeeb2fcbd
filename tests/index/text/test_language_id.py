import gzip
import json
from dataclasses import replace

import pytest

from index.archive import Archive
from index.encoding.encoder import ReferenceEncoder, bundled_model_path
from index.ingest.pipeline import IngestOutcome
from index.text.language_id import article_language, question_language
from index.text.sentence_splitter import split_sentences
from tests.index.conftest import BRIDGE, article

# Real splitting: every `|` is where one sentence ends and the next begins.
SPLIT = {
    "am": "ፕሬዝዳንቱ ሰኞ ዕለት አልደወልኩም ብለዋል። |ፓርላማው ሐሙስ ድምፅ ይሰጣል። |ማን ያምናል፧",
    "ar": "قال الرئيس يوم الاثنين إنه لم يتصل. |من سيصدق ذلك؟ |سيصوت البرلمان يوم الخميس! |وقال المتحدث إن الأمر انتهى.",
    "bn": "রাষ্ট্রপতি সোমবার বলেছেন যে তিনি ফোন করেননি। |কে বিশ্বাস করবে? |সংসদ বৃহস্পতিবার ভোট দেবে।",
    "de": "Der Präsident sagte am 3. Oktober, er habe nicht angerufen. |Dr. Müller sprach z. B. von einem Irrtum. |"
    "„Das ist falsch.“ |Das Parlament stimmt am Donnerstag ab.",
    "el": "Ο πρόεδρος είπε τη Δευτέρα ότι δεν τηλεφώνησε. |Ποιος θα το πιστέψει; |Η βουλή ψηφίζει την Πέμπτη.",
    "es": "El presidente dijo el lunes que no llamó. |¿Quién lo creerá? |¡Es falso! |El Sr. García negó todo.",
    "fa": "رئیس جمهور روز دوشنبه گفت که تماس نگرفته است. |چه کسی باور می‌کند؟ |مجلس پنج‌شنبه رأی می‌دهد.",
    "fr": "Le président a déclaré lundi qu’il n’avait pas appelé. |« C’est faux ! » a dit M. Dupont. |Qui le croira ?",
    "he": "הנשיא אמר ביום שני שלא התקשר. |מי יאמין לזה? |הפרלמנט יצביע ביום חמישי.",
    "hi": "राष्ट्रपति ने सोमवार को कहा कि उन्होंने फोन नहीं किया। |कौन विश्वास करेगा? |डॉ. शर्मा ने कहा कि सब ठीक है।|संसद गुरुवार को मतदान करेगी।",
    "hy": "Նախագահը երկուշաբթի օրը հայտարարեց, որ չի զանգահարել։ |Խորհրդարանը կքվեարկի հինգշաբթի։",
    "ja": "首相は月曜日に辞任を発表した。|「もう続けられない。」と彼は語った。|選挙はいつ行われるのか？|国会は木曜日に投票する。",
    "km": "ប្រធានាធិបតីបាននិយាយនៅថ្ងៃចន្ទថាគាត់មិនបានទូរស័ព្ទទេ។ |សភានឹងបោះឆ្នោតនៅថ្ងៃព្រហស្បតិ៍។",
    "ko": "대통령은 월요일에 전화를 걸지 않았다고 밝혔다. |누가 믿겠는가? |국회는 목요일에 표결한다.",
    "my": "သမ္မတက တနင်္လာနေ့တွင် ဖုန်းမဆက်ခဲ့ကြောင်း ပြောကြားခဲ့သည်။ |လွှတ်တော်က ကြာသပတေးနေ့တွင် မဲပေးမည်။",
    "pt": "O presidente disse na segunda-feira que não ligou. |Quem vai acreditar? |A Sra. Souza negou tudo.",
    "ru": "Президент заявил в понедельник, что не звонил. |Кто в это поверит? |Г. Иванов из т. н. комитета сказал, что всё в порядке.",
    "uk": "Президент заявив у понеділок, що не дзвонив. |Хто в це повірить? |Парламент проголосує в четвер.",
    "ur": "صدر نے پیر کو کہا کہ انہوں نے فون نہیں کیا۔ |کون یقین کرے گا؟ |پارلیمنٹ جمعرات کو ووٹ دے گی۔",
    "zh": "总统周一表示，他没有打过电话。|“这完全是假的！”发言人说。|谁会相信呢？|议会将在周四投票。",
}
TOO_SHORT = {
    "am": 1,
    "ar": 1,
    "de": 1,
    "es": 2,
    "fr": 1,
    "he": 1,
    "hy": 1,
    "ko": 1,
    "pt": 3,
    "ru": 3,
    "zh": 1,
}


@pytest.mark.parametrize("language", SPLIT)
def test_sentences_end_where_their_language_ends_them(language):
    text = SPLIT[language].replace("|", "")
    assert [text[span.start : span.end] for span in split_sentences(text, language)] == [
        sentence.strip() for sentence in SPLIT[language].split("|")
    ]


@pytest.mark.parametrize("language", ["xx", "", "english", "zh-Hant", None])
def test_any_language_is_split_somehow(language):
    assert len(split_sentences("The bridge closed. It will open again.", language)) == 2


def test_text_goes_in_and_comes_out_unharmed_in_every_script(archive):
    stories = [article(f"in-{code}", text.replace("|", "")) for code, text in SPLIT.items()]
    assert [added.outcome for added in archive.add(stories)] == [IngestOutcome.ADDED] * len(stories)
    for code, story in zip(SPLIT, stories, strict=True):
        stored = archive._store.get(story.url)
        assert stored.article.text == story.text
        sentences = [story.text[span.start : span.end] for span in split_sentences(story.text)]
        shown = [story.text[span.start : span.end] for span in stored.spans[1:]]
        assert shown[0] == sentences[0]
        assert shown == [sentence for sentence in sentences if sentence in shown]
        assert len(sentences) - len(shown) == TOO_SHORT.get(code, 0), code


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Der Rat beschloss am Montag, die alte Hafenbrücke noch vor dem Winter wieder zu öffnen. " * 5,
            "de",
        ),
        ("Рада в понеділок вирішила знову відкрити старий портовий міст до початку зими. " * 5, "uk"),
        (SPLIT["zh"].replace("|", "") * 8, "zh"),
        (BRIDGE.text * 2, "en"),
        ("Der Rat beschloss es.", None),
    ],
)
def test_an_articles_language_is_told_by_its_text(text, language):
    assert article_language(text) == language


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Did Trump call Putin?", "en"),
        ("Is there any news about the Bundesbank?", "en"),
        ("Wer hat die Wahl gewonnen?", "de"),
        ("Qui a gagné l'élection ?", "fr"),
        ("¿Quién ganó las elecciones?", "es"),
        ("Quem ganhou a eleição?", "pt"),
        ("Чи дзвонив Трамп Путіну?", "uk"),
        ("特朗普给普京打电话了吗？", "zh"),
        ("هل اتصل ترامب ببوتين؟", "ar"),
        ("Gaza ceasefire", None),
        ("Kylian Mbappé Real Madrid transfer", None),
        ("Bayern Munich", None),
        ("", None),
        ("?! 123", None),
    ],
)
def test_a_questions_language_is_told_when_it_can_be(question, language):
    assert question_language(question) == language


def test_no_english_question_is_taken_for_another_language(shared_data):
    questions = []
    for name in ("questions", "unanswerable"):
        with gzip.open(shared_data / "news-qa" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            questions += [json.loads(line)["question"] for line in lines]
    assert len(questions) > 1000
    assert [question for question in questions if question_language(question) not in {"en", None}] == []


BRUECKE = article(
    "bruecke",
    "Die Hafenbrücke in Norwick wurde am Montag gesperrt, nachdem Ingenieure Risse in zwei Kabeln gefunden hatten.",
    "Bürgermeisterin Ada Fenn sagte, die Reparatur werde sechs Wochen dauern und vier Millionen Pfund kosten.",
    "Bis die Brücke wieder öffnet, bringen Fähren die Pendler über den Hafen.",
)


def test_an_answer_says_in_which_languages_it_may_be_weak(tmp_path, encoder):
    with Archive(tmp_path, encoder) as archive:
        archive.add([BRIDGE, replace(BRUECKE, language="de")])
        assert archive.ask("Warum wurde die Hafenbrücke in Norwick gesperrt?").unsupported_languages == (
            "de",
        )
        archive.remove(BRUECKE.url)
        assert archive.ask("Why did the harbour bridge in Norwick close?").unsupported_languages == ()
        assert archive.ask("hello").unsupported_languages == ()


def test_of_a_model_an_owner_chose_nothing_is_said(tmp_path):
    with Archive(tmp_path, ReferenceEncoder(str(bundled_model_path()))) as archive:
        archive.add([BRIDGE])
        assert archive.ask("Warum wurde die Hafenbrücke in Norwick gesperrt?").unsupported_languages == ()
