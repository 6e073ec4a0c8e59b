"""Records to other shapes: masked for the public, and in the formats of other tools."""
