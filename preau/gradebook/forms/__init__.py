"""What people fill in about the gradebook."""
