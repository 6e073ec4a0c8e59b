"""The page for people: search with facets, a reader with the scan beside the text, and the time line of a case."""
