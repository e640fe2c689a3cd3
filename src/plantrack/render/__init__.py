"""Results as tables, text and machine formats."""
