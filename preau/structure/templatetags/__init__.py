"""What the pages of the structure say in their own way."""
