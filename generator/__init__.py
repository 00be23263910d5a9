"""Showcase: from accepted cases and the rules of their calls to a public, searchable site."""

__version__ = "0.1.0"
