"""The doors of signing in, of one's own keys, and of the accounts of others."""
