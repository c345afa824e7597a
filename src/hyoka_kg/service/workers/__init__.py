"""Processes that read the graph and can be killed: no question can take the service down with it."""

from hyoka_kg.service.workers.pool import Lane, Pool
from hyoka_kg.service.workers.worker import Limits, WorkerDied

__all__ = ["Lane", "Limits", "Pool", "WorkerDied"]
