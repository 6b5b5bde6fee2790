"""What goes home at the end of a period: an immutable, numbered snapshot."""
