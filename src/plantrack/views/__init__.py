"""Results as sheets: headed columns and rows of text, which every format prints in its own way."""
