"""the parts of scope: the report's own event, a running total, or another event."""
