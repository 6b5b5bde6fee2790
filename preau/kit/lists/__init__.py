"""
Lists, declared once: `columns` says what a list is made of, `pages` what one reader sees of it on screen, on
paper and in a file, `filters` what one looks for in it.
"""
