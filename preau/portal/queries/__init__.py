"""The questions of the pages everybody crosses."""
