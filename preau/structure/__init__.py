"""School, years, periods, classes, courses, groups, and who belongs to which from when to when."""
