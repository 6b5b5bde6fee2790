"""What people type to arrange the school."""
