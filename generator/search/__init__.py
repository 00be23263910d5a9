"""Cases → a static index that finds every part of every text."""

from generator.search.entry import Card, CardPicture, Entry
from generator.search.index import SearchIndex, build_index

__all__ = ["Card", "CardPicture", "Entry", "SearchIndex", "build_index"]
