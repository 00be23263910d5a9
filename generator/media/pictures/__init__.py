"""Pictures: opened though hostile, upright and in sRGB, in every format at every width."""
