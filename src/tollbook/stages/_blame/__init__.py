"""the parts of blame: who took people away."""
