"""Pictures for sharing: drawn from words alone, with the font that the build brings along."""
