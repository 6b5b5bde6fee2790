"""How everything looks and behaves: layouts, components, elements, tokens."""
