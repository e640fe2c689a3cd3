"""What tests hold fixed, so that they say the same on any day."""

from datetime import date

TODAY = date(2026, 11, 28)
