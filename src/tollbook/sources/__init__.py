"""The world comes in: files, pages, archives become reports."""
