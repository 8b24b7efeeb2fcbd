"""Tags that only the neighbours of a word tell."""

import pytest

from index.attribution.tag_corrections import NAME_SUFFIXES
from index.attribution.token_classes import tag


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Marks & Spencer said", "NNNC"),
        ("King & Spalding said", "NNNC"),
        ("Standard & Poor's said", "NNNC"),
        ("Barnes & Noble's mayor", "NNPr"),
        ("bread & Roe", "xcN"),
        ("Mr. & Mrs. Roe said", "TcTNC"),
        ("Yum! Brands said", "NNNC"),
        ("Fire! Roe said", "N.NC"),
        ("Stephen King said", "NNC"),
        ("Mayor Stephen King said", "TNNC"),
        ("Ukrainian President", "NT"),
        ("Ukrainian President Roe said", "NTNC"),
        ("Luther King III said", "NNNC"),
        ("Justice Department officials", "NNr"),
        ("Jane Roe, Jr., said", "NNNNaC"),
        ("Acme, Inc., a company", "NNN,de"),
        ("Jane Roe, John Poe", "NN,NN"),
        ("Jan van Roe said", "NpNC"),
        ("In June Acme said", "fDNC"),
        ("Rio Grande do Sul", "NNpN"),
        ("the Centers for Disease Control", "dNoNN"),
        ("the Council on Foreign Relations", "dNoNN"),
        ("Jane Roe for Acme", "NNfN"),
        ("the Washington Post on Twitter", "dNNfN"),
    ],
)
def test_neighbours_correct_a_tag(text, tags):
    assert tag(text).tags == tags


def test_suffixes_are_written_without_their_full_stop():
    assert {"Jr", "III", "Inc"} <= NAME_SUFFIXES
    assert not any(suffix.endswith(".") for suffix in NAME_SUFFIXES)
