"""Draws the made-up pictures, videos, captions and documents of the sample cases."""
