"""
Files that people give: checked by their content, kept in private, handed out as its holder's rule says.

A file has no rule of its own. The app that attaches it declares a use (`uses.Use`): what it accepts, how
heavy, and which rule opens it. When nothing refers to a file any more it goes, with its bytes.
"""
