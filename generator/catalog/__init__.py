"""Files → values: what a call and a case are."""
