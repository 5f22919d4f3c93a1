"""The national scenario of the project as array expressions in NumPy."""
