"""the parts of tabulate: items, labels and lists of names -> drafts."""
