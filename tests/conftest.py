"""Properties have no deadline, for machines are noisy, and try the same examples every time.

Other examples: `python -m pytest --hypothesis-profile=search`.
"""

import os
from itertools import count

import pytest
from hypothesis import settings

from plantrack.errors import PlantrackError

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command does: threads would wait for one another

settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None)
settings.load_profile("same")


_NUMBERS = count()


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test finds what another has kept."""
    monkeypatch.setenv("PLANTRACK_CACHE", str(tmp_path_factory.getbasetemp() / f"cache-{next(_NUMBERS)}"))


@pytest.fixture
def chinese_font() -> None:
    """Skip where no font of this machine has Chinese."""
    from plantrack.formats.picture import font_for  # noqa: PLC0415 - few tests draw

    try:
        font_for(["保费收入"])
    except PlantrackError:
        pytest.skip("no font with Chinese is installed here")
