"""What many tests share: the pipeline takes seconds to load."""

import pytest

from pipeline.stages import Pipeline


@pytest.fixture(scope="session")
def pipeline():
    return Pipeline()
