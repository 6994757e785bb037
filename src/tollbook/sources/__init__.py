"""The world comes in: files, pages, streams become reports."""

from tollbook.sources.open import open_sources
from tollbook.sources.received import Capture, Options, Received

__all__ = ["Capture", "Options", "Received", "open_sources"]
