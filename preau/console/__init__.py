"""The `preau` command: what whoever looks after the server types."""
