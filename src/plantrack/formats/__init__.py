"""What results look like: each format a module, which alone says a sentence in a language."""
