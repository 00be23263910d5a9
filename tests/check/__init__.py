"""The check room: rules with their examples, counting, privacy, reports."""
