"""the parts of answer: one name for one party."""
