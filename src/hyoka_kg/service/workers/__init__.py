"""Processes that read the graph and can be killed: no question can take the service down with it.

Nothing is imported here: a worker process imports this package, and would pay for the pool that started it.
"""
