"""The world gets something back: one file a format."""
