"""The doors of the gradebook."""
