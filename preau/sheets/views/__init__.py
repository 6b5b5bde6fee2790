"""The doors of sheets on paper and in files."""
