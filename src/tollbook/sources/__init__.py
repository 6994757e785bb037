"""The world comes in: files, pages, streams become reports."""

from tollbook.sources.open import open_sources
from tollbook.sources.received import Capture, Meter, Options, Received

__all__ = ["Capture", "Meter", "Options", "Received", "open_sources"]
