"""Promises of the publishing room."""
