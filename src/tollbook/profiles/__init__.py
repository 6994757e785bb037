"""Counting rules as data."""
