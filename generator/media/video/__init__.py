"""Videos: what they are, their renditions or a copy, sound of one loudness, stills and storyboard."""
