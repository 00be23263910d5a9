"""What the project is made of that others made: its lock files read, audited, and told as a bill of materials."""
