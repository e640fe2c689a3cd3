"""Laws of the catalogue and of plans: a line of text in, an expression and its normal form out."""
