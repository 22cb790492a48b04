"""What the tests of references share."""

import sys

import pytest


@pytest.fixture
def fresh() -> None:
    """The tables and patterns of the room are read anew, as in a new process."""
    for name, module in list(sys.modules.items()):
        if name.startswith("pipeline.references.") and not name.endswith("tagger"):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
