import pytest

from index.text.gazetteer import COUNTRY, STATE


@pytest.mark.parametrize(
    ("pattern", "text", "names"),
    [
        (
            COUNTRY,
            "Ukraine, Niger and Nigeria met in Papua New Guinea.",
            "Ukraine|Niger|Nigeria|Papua New Guinea",
        ),
        (COUNTRY, "The U.S. and the UAE", "U.S.|UAE"),
        (COUNTRY, "a turkey, the Indianapolis race", ""),
        (STATE, "West Virginia, Virginia and Arkansas", "West Virginia|Virginia|Arkansas"),
        (STATE, "Georgia", "Georgia"),
        (COUNTRY, "Georgia", "Georgia"),
        (STATE, "Iowan farmers", ""),
    ],
)
def test_the_longest_whole_name_is_found(pattern, text, names):
    assert "|".join(pattern.findall(text)) == names
