"""The doors everybody crosses, and those of seeing as somebody."""
