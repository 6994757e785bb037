"""the parts of locate: which of the named places a claim is told of."""
