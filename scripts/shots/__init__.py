"""Screenshots of every kind of page, and one sheet of them."""
