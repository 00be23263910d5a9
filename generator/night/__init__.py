"""The night with nobody watching: what a run did, who is told of it, and what stands in its way."""
