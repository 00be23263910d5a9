"""Originals that lie outside the repository: fetched once, verified, kept."""
