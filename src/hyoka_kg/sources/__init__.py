"""Bytes to records, one folder a form; each record keeps the place it came from."""
