"""Is there a red seal on a scanned page? A look, not a proof: it warns an editor and decides nothing."""
