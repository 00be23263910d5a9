"""Cases broken in every way we know: each is withheld with a reason, and costs nothing but itself."""
