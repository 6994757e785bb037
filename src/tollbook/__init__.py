"""Tollbook: reads reports of killing and harm, and keeps every figure with the words that state it."""

from tollbook.desk.reading import read

__all__ = ["read"]
__version__ = "0.1.0"
