"""The preau command."""
