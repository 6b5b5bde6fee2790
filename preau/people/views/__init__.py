"""The doors of the register of persons."""
