"""A reviewed document: a copy with a comment at each figure that a finding is about.

In: a `Document`, the remarks on it. Out: a Word file with comments (`word`), or a web page with the same marks
(`page`). `remarks` makes the sentences; where figures stand it is told. No word of the document is changed.
"""

from plantrack.formats.review.remarks import Remark, Remarks, remarks_on

__all__ = ["Remark", "Remarks", "remarks_on"]
