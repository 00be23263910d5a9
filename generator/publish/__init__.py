"""A folder → the live site, or nothing."""
