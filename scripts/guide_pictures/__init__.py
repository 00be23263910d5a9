"""The pictures of the guides, made from what they show."""
