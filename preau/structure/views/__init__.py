"""The doors of the school's structure."""
