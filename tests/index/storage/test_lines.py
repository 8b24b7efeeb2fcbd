import numpy as np

from index.archive import DATABASE_FILE
from index.storage.store import Store


def test_each_article_counts_a_line_once_and_takes_its_count_along(tmp_path):
    store = Store(tmp_path / DATABASE_FILE)
    with store.transaction():
        store.add_lines(0, 7, np.array([5, 5, -9]), b"\x01\x02\x03")
        store.add_lines(4, 7, np.array([5]), b"\x01")
    assert store.query("SELECT * FROM line_counts ORDER BY line") == [(-9, 1), (5, 2)]
    with store.transaction():
        store.remove_lines(0)
        store.remove_lines(99)
    assert store.query("SELECT * FROM line_counts") == [(5, 1)]
    with store.transaction():
        store.remove_lines(4)
    assert store.query("SELECT * FROM line_counts") == store.query("SELECT * FROM lines") == []
    store.close()
