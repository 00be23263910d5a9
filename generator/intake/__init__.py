"""Intake: Word and Excel files, or empty hands → case folders."""
