"""the parts of where: which words name a place, and which place."""
