"""The errors a person can cause. Their text is meant for that person: what happened, what to do."""


class VerbatimError(Exception):
    """What went wrong, in words fit to be shown as they are."""


class RefusedArticle(VerbatimError):  # noqa: N818 - it is the article that was refused
    """An article that cannot enter the index, and why."""


class BadQuestion(VerbatimError):  # noqa: N818 - the question is bad, not the program
    """A question that cannot be searched for: empty, too long, no words in it."""


class BrokenIndex(VerbatimError):  # noqa: N818 - names the state a person must mend
    """A data folder or index that cannot be used as it is, and the command that mends it."""
