"""What a call and a case are, and how they are read."""
