"""Properties have no deadline, for machines are noisy, and try the same examples every time.

Other examples: `python -m pytest --hypothesis-profile=search`.
"""

from hypothesis import settings

settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None)
settings.load_profile("same")
