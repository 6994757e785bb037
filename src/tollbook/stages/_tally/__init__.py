"""the parts of tally: origins that sum up, repeat or contradict."""
