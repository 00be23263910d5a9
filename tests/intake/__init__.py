"""The intake room: mending what editors' programs left."""
