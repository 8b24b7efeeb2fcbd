import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.parsing.author_names import author_names, join_names


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        ("kim@b.example.com (Kim Ash)", "Kim Ash"),
        ("Kim Ash <kim@b.example>", "Kim Ash"),
        ("noreply@b.example (Kim Ash), jo@b.example (Jo Berg)", "Kim Ash, Jo Berg"),
        ("kim@b.example", ""),
        ("https://social.example/kim", ""),
        ("Kim Ash Senior Reporter, Elm Gazette Email the author", "Kim Ash"),
        ("Kim Ash View bio Email the author", "Kim Ash"),
        ("Kim Ash Political Editor Follow @kimash", "Kim Ash"),
        ("By Kim Ash, Staff Writer", "Kim Ash"),
        ("Kim Ash, Health Correspondent and Jo Berg, City Editor", "Kim Ash, Jo Berg"),
        ("Kim Ash | Elm Gazette", "Kim Ash"),
        ("Reporting by Kim Ash; Editing by Jo Berg", "Kim Ash"),
        ("Kim Ash and Jo Berg, additional reporting by Di Fox", "Kim Ash and Jo Berg"),
        ("Kim Ash | Photos by Jo Berg", "Kim Ash"),
        ("Kim Ash, The Elm Gazette", "Kim Ash"),
        ("Kim Ash for the Elm Gazette", "Kim Ash"),
        ("Kim Ash is a senior reporter at Elm Gazette", "Kim Ash"),
        ("Senior Reporter Kim Ash", "Kim Ash"),
        ("Kim Ash White House Correspondent", "Kim Ash"),
        ("Kim Ash (kim@b.example), Jo Berg (jo@b.example)", "Kim Ash, Jo Berg"),
        ('"Kim Ash" &lt;kim@b.example&gt;', "Kim Ash"),
        ("Von Kim Ash, Redakteurin", "Kim Ash"),
        ("By Kim Ash | 3 May 2026", "Kim Ash"),
        ("Kim Ash, May 3, 2026", "Kim Ash"),
        ("Kim Ash Updated 10:30", "Kim Ash"),
        ("Kim Ash 3 min read", "Kim Ash"),
        ("Staff Writer", ""),
    ],
)
def test_a_byline_is_read_for_its_names(stated: str, names: str) -> None:
    assert author_names(stated, "Elm Gazette") == names


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Kim Anne Head",
            "Von Miller",
            "Andy Sands",
            "Dr. Kim Ash Jr.",
            "Jo Berg, Ines Alm",
            "Kim Ash and Jo Berg",
        ),
        *("Channel 4 News", "Elm Gazette Staff", "Kim Ash, Associated Press", "Sam Reporter"),
        *("Elm Gazette", "News Desk", "Ludwig van Beethoven", "橋本 太郎", "Kim Ash (Sample Wire)"),
    ],
)
def test_a_name_stays_as_it_is(name: str) -> None:
    assert author_names(name, "Elm Gazette") == name


def test_several_authors_are_named_once_each() -> None:
    assert join_names(["Kim Ash", "jo@b.example (Jo Berg)", "Kim Ash", ""]) == "Kim Ash, Jo Berg"


@given(st.text(alphabet="ab@.() ,&|By\n", max_size=80) | st.none())
def test_any_byline_becomes_a_line(stated: str | None) -> None:
    assert "\n" not in author_names(stated)
