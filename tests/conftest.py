"""Properties have no deadline, for machines are noisy, and try the same examples every time.

Other examples: `python -m pytest --hypothesis-profile=search`.
"""

import os

from hypothesis import settings

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command does: threads would wait for one another

settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None)
settings.load_profile("same")
