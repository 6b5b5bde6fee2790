"""Who did what, when, and who looked."""
