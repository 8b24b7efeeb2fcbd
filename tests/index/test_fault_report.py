import re

import pytest
import structlog

from index.fault_report import report_fault


class HttpError(Exception):
    status, code = 403, 50013


def raise_it(error):
    raise error


def reported(error):
    with pytest.raises(type(error)) as caught:
        raise_it(error)
    with structlog.testing.capture_logs() as logs:
        return report_fault(caught.value, "answering"), logs


def test_a_fault_is_logged_under_the_number_that_is_returned_and_without_its_words():
    number, [line] = reported(ValueError("what a person asked"))
    assert re.fullmatch(r"[0-9a-f]{8}", number)
    assert (line["id"], line["where"], line["error"]) == (number, "answering", "ValueError")
    assert "in raise_it" in line["frames"]
    assert "asked" not in str(line).replace("answering", "")


def test_an_http_error_is_logged_with_its_status_and_code():
    _, [line] = reported(HttpError())
    assert line["error"] == "HttpError 403 50013"
