"""hyoka-kg (評価KG): Japanese policy-evaluation papers as one knowledge graph with receipts.

The names below are imported when they are first used, so that importing this package costs nothing:

>>> import hyoka_kg as hk
>>> kg = hk.sample()  # or hk.open("folder of a store"), or hk.open("http://host/sparql")
>>> kg.query("cq10", ministry="mic", number="0036").rows[0]["fy"]
2012
"""

from importlib import import_module

__version__ = "0.1.0"
__all__ = ["Answer", "HyokaError", "KnowledgeGraph", "Project", "SearchAnswer", "__version__", "open", "sample"]


def __getattr__(name: str) -> object:
    # Their types stand in __init__.pyi: an import here would let every room below see the one at the top.
    if name in __all__:
        return getattr(import_module("hyoka_kg.errors" if name == "HyokaError" else "hyoka_kg.api"), name)
    raise AttributeError(f"module 'hyoka_kg' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
