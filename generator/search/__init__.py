"""Cases → a static index that finds every part of every text."""

from generator.search.entry import Card, CardPicture, Entry
from generator.search.index import SearchIndex, build_index
from generator.search.suggestions import Suggestion

__all__ = ["Card", "CardPicture", "Entry", "SearchIndex", "Suggestion", "build_index"]
