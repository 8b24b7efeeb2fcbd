from index.errors import FetchError, RefusedArticle, VerbatimError


def test_an_error_keeps_its_message_its_kind_and_its_facts():
    error = VerbatimError("3 articles are too many.", "too-many", number=3)
    assert (str(error), error.kind, error.facts) == ("3 articles are too many.", "too-many", {"number": 3})
    assert VerbatimError("No.").kind == ""


def test_a_fetch_error_knows_what_the_server_said():
    error = FetchError(
        "Busy.", "busy", url="https://a.example/", status=429, retry_after=3.0, host="a.example"
    )
    assert (error.url, error.status, error.retry_after) == ("https://a.example/", 429, 3.0)
    assert error.facts == {"host": "a.example"}


def test_a_refused_article_is_named_as_far_as_it_is_known():
    error = RefusedArticle("it holds no text", url="https://a.example/1")
    assert (str(error), error.url, error.title) == ("it holds no text", "https://a.example/1", "")
