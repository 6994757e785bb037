"""the parts of group: which reports tell one event."""
