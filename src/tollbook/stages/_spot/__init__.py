"""the parts of spot: figures, nouns and names -> groups of people."""
