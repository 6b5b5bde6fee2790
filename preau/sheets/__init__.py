"""
The gradebook on paper and in files: sheets go out as spreadsheets and come back, lists and books are printed.

What leaves can come back, and so can what a teacher kept elsewhere: `sheetfiles` reads it and says what it
would change, and the gradebook writes. What is on paper is gathered in `documents` and drawn by `paper`.
All of it is part of the module of the gradebook: it opens and closes with it.
"""
