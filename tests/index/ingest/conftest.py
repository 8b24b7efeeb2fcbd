"""What comes in does so on either engine."""

from tests.index.storage.conftest import archive

__all__ = ["archive"]
