"""PDF and Office: what they say and hide, and a clean copy to download."""
