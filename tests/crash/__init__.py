"""The server is killed in the middle of things; nothing it acknowledged is lost."""
