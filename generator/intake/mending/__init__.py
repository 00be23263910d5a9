"""Mending case folders as editors bring them, by edits at marks: what is not at fault stays byte for byte."""
