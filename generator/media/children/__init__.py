"""Child processes and workers: limits, a wall clock, no orphans, and no way to network and files."""
