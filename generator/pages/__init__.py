"""Values → pages."""
