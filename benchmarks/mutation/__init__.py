"""Change the source of a room in one place at a time, and count the changes that no test of it notices."""
