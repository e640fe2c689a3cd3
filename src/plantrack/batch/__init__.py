"""Many plan files at once: one function over all of them, in their order, with memory that does not grow.

In: paths of plan files. Out: what a function of one file makes of each, in the order of the files.

`sources` are files as read; `work` and `checking` are what is done with one of them; `workers` do it: here, in
processes or on a cluster. `stream` hands the work out and takes it back in order, `cache` keeps what was made of a
content. What a function makes is plain data: it travels as bytes (`packing`). A file that cannot be worked on is a
`Failure` and stops nothing.
"""

from plantrack.batch.cache import Cache
from plantrack.batch.sources import Failure, Family, Source, read_source
from plantrack.batch.stream import Stream, Work, in_batches
from plantrack.batch.work import known_source, validate_content, validate_file, validate_source
from plantrack.batch.workers import Workers, workers_for

__all__ = [
    "Cache",
    "Failure",
    "Family",
    "Source",
    "Stream",
    "Work",
    "Workers",
    "in_batches",
    "known_source",
    "read_source",
    "validate_content",
    "validate_file",
    "validate_source",
    "workers_for",
]
