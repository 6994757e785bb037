"""the parts of blame: whose words the deed is told of, who is only charged with it, who took people away."""
