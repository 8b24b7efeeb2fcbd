import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.outlet_names import name_key, outlet_name, well_known_outlets

CYRILLIC = "R\u0435uters"  # with a Cyrillic "е"


@pytest.mark.parametrize(
    ("url", "claimed", "named"),
    [
        ("https://www.reuters.com/a", "Anything", "Reuters"),
        ("https://feeds.bbc.co.uk/a", "The Local Gazette", "BBC News"),
        ("https://news-reuters.example/a", "Reuters", "Reuters (news-reuters.example)"),
        ("https://reuters.com.example/a", "Reuters", "Reuters (reuters.com.example)"),
        ("https://reuters.github.io/a", "Reuters", "Reuters (reuters.github.io)"),
        ("https://evil.example/a", "REUTERS News", "REUTERS News (evil.example)"),
        ("https://evil.example/a", "reuters.com", "reuters.com (evil.example)"),
        ("https://evil.example/a", "Reuters (reuters.com)", "Reuters (evil.example)"),
        ("https://evil.example/a", "The Post (reuters.com)", "The Post (evil.example)"),
        ("https://evil.example/a", CYRILLIC, f"{CYRILLIC} (evil.example)"),
        ("https://evil.example/a", "\u0421NN", "\u0421NN (evil.example)"),
        ("https://evil.example/a", "P\u043est of Norwick", "P\u043est of Norwick (evil.example)"),
        ("https://evil.example/a", "Reuters\u3164", "Reuters\u3164 (evil.example)"),  # an unseen letter
        ("https://evil.example/a", "Reut\u115fers", "Reut\u115fers (evil.example)"),
        ("https://evil.example/a", "Fox Ne\u200dws", "Fox Ne\u200dws (evil.example)"),
        ("https://evil.example/a", "BBC Ne\ufe0fws", "BBC Ne\ufe0fws (evil.example)"),
        ("https://evil.example/a", "AP Ne\u034fws", "AP Ne\u034fws (evil.example)"),
        ("https://evil.example/a", "FoxNews", "FoxNews (evil.example)"),  # run together
        ("https://evil.example/a", "TheGuardian", "TheGuardian (evil.example)"),
        ("https://evil.example/a", "BBCNews", "BBCNews (evil.example)"),
        ("https://evil.example/a", "Reuters\u2122", "Reuters\u2122 (evil.example)"),
        ("https://evil.example/a", "\u13a1euters", "\u13a1euters (evil.example)"),  # with a Cherokee letter
        ("https://evil.example/a", "\u3164", "evil.example"),
        ("https://evil.example/a", "\u200b\u2060", "evil.example"),
        ("https://xn--e1awd7f.example/a", "Gazette", "Gazette (xn--e1awd7f.example)"),
        ("https://gazette.example/a", "The Local Gazette", "The Local Gazette"),
        ("https://gazette.example/a", "gazette.example", "gazette.example"),
        ("https://own.example/a", "Reuters", "The Owner's Post"),
        ("https://deep.own.example/a", "Whatever", "The Owner's Post"),
        ("https://other.example/a", "The Owner's Post", "The Owner's Post (other.example)"),
        ("https://taken.example/a", "Norwick Times", "Norwick Times (taken.example)"),
        ("urn:local:1", "Local file", "Local file"),
    ],
)
def test_a_name_is_bound_to_hosts(url, claimed, named):
    taken = {name_key("Norwick Times")}
    assert outlet_name(url, claimed, {"own.example": "The Owner's Post"}, taken.__contains__) == named


def test_the_well_known_are_called_what_they_are_called():
    for host, name in well_known_outlets().items():
        assert outlet_name(f"https://www.{host}/a", "x", {}) == name
        assert outlet_name("https://evil.example/a", name, {}).endswith("(evil.example)")


WELL_KNOWN = sorted(set(well_known_outlets().values()))
LIKE_CYRILLIC = str.maketrans("ABCEHIKMOPSTXYaceiopsxy", "АВСЕНІКМОРЅТХУасеіорѕху")
FORGERIES = st.sampled_from(
    [
        str,
        str.lower,
        str.upper,
        "{}\u3164".format,
        "\u115f{}".format,
        lambda one: one.translate(LIKE_CYRILLIC),
    ]
)


@st.composite
def forged(draw):
    """A well-known name in any letter case, with letters that nobody sees and Cyrillic ones that look alike."""
    return "".join(draw(FORGERIES)(letter) for letter in draw(st.sampled_from(WELL_KNOWN)))


@given(st.text(max_size=40) | forged())
def test_any_name_has_a_key_and_none_is_quoted_as_a_well_known_one(claimed):
    assert name_key(name_key(claimed)) == name_key(claimed)
    shown = outlet_name("https://evil.example/a", claimed, {})
    assert shown not in WELL_KNOWN


@given(forged())
def test_a_forged_name_is_shown_with_its_host(claimed):
    assert outlet_name("https://evil.example/a", claimed, {}).endswith(" (evil.example)")
