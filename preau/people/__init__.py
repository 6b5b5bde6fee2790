"""Persons, duties and families: everyone the school knows."""
