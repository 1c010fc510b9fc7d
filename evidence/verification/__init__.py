"""Whether the log is still what was written: every byte of its tables is derived again from hashed or signed ones.

It reads the tables in plain SQL and in one pass, so that it believes nothing that Django would make of a value and
needs no more memory for a long log than for a short one, but for the people, what was erased, and one hash for each
256 entries.
"""

from evidence.verification.report import Finding, Report
from evidence.verification.verify import verify

__all__ = ["Finding", "Report", "verify"]
