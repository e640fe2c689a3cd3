"""What day it is: asked here, and handed down to whatever depends on it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta


def local_day() -> date:
    """The day where the command runs: it dates what is drafted."""
    return datetime.now().astimezone().date()


def latest_day() -> date:
    """The latest day that it is anywhere: a waiver dated in the morning must not fail in CI's yesterday."""
    return (datetime.now(UTC) + timedelta(hours=14)).date()
