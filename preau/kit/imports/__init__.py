"""
Files that people bring in, whatever they are about. No tables, and nothing of a school.

A *kind* of import says what it can take in: its *targets*. A *mapping* says where each target finds its
value in the file of a *source*. The rows of the file become *records*: values, or what is wrong with a cell.
The app that declares the kind (`imports`, one of its rooms) compares them with what the school knows and
writes them by its own actions; the *report* says line by line what is new, changed, gone or in error, and
what to do about it.

The same engine reads the file a teacher brings to a gradebook, where the page and not a mapping says what
each column is.
"""
