"""the parts of form: what one order alone cannot read, each kind in a module."""
