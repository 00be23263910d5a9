"""The media room, tested with real files."""
