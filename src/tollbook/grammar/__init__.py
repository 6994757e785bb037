"""The engine: shapes of language, and no language."""
