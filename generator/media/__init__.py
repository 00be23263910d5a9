"""Originals as submitted become derivatives that may be published: probe, plan, derive."""
