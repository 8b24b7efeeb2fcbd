"""What processes cost is looked at when all are ready and when all are done: no start is measured."""

from tests.bench.growth import bots


def test_it_looks_between_the_starts_and_the_ends(monkeypatch, tmp_path):
    events = []

    class NoProcesses:
        def __init__(self, jobs, folder):
            events.append("all are ready")

        def __enter__(self):
            return self

        def __exit__(self, *_):
            events.append("all are closed")

        def begin(self):
            events.append("all begin")

        def found(self):
            events.append("all are done")
            return [{"whole": 1.0}]

    def look():
        events.append("look")
        return len(events)

    monkeypatch.setattr(bots, "Processes", NoProcesses)
    assert bots.together([], tmp_path, look) == ([{"whole": 1.0}], 2, 5)
    assert events == ["all are ready", "look", "all begin", "all are done", "look", "all are closed"]
