"""version: which Tollbook wrote a thing; pyproject.toml says the same."""

VERSION = "0.1.0"
