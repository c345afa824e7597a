"""Runs of the service as a real process: against other servers, against hostile clients, and over a store swap."""
