"""Views of finished records for human eyes: a summary, the marked text in the terminal, and one HTML page."""
