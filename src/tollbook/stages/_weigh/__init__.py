"""the parts of weigh: asserted, feared, denied …, and who is in no count."""
