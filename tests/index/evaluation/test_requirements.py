import pytest

from index.errors import VerbatimError
from index.evaluation.requirements import check_requirements


def test_all_that_is_missing_is_named_with_what_to_do(tmp_path):
    (tmp_path / "here").mkdir()
    check_requirements("Baking", ("numpy",), tmp_path, ("here",), "bread")
    with pytest.raises(
        VerbatimError, match=r"Baking needs no_oven, no_salt: pip install 'verbatim-news\[eval\]'"
    ):
        check_requirements("Baking", ("numpy", "no_oven", "no_salt"), tmp_path, (), "bread")
    with pytest.raises(
        VerbatimError, match=r"lacks flour, here/yeast; name the folder of bread data with --data"
    ):
        check_requirements("Baking", (), tmp_path, ("flour", "here", "here/yeast"), "bread")
