"""Tollbook: reads reports of killing and harm, and keeps every figure with the words that state it."""

from typing import TYPE_CHECKING, Any

from tollbook.model.version import VERSION

if TYPE_CHECKING:
    from tollbook.errors import TollbookError, UsageError
    from tollbook.kept import Register, open
    from tollbook.notebook import Reading, read, to_pandas, to_polars

__all__ = ["Reading", "Register", "TollbookError", "UsageError", "open", "read", "to_pandas", "to_polars"]
__version__ = VERSION


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for: the reader takes a while to load, `tollbook --help` must not."""
    if name not in __all__:
        raise AttributeError(f"module 'tollbook' has no attribute {name!r}")
    if name.endswith("Error"):
        import tollbook.errors as home  # noqa: PLC0415  # loaded on demand, as said above
    elif name in ("Register", "open"):
        import tollbook.kept as home  # type: ignore[no-redef]  # noqa: PLC0415  # as above
    else:
        import tollbook.notebook as home  # type: ignore[no-redef]  # noqa: PLC0415  # as above
    value = globals()[name] = getattr(home, name)
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return [*__all__, "__version__"]
