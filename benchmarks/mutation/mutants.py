"""The changes that can be made to a room, and a random sample of them; cosmic-ray knows what a change is.

What Python never evaluates is left out: under `from __future__ import annotations` a changed annotation is the same
program, and so is a function that remembers its answers less or more.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.ast.ast_query import ASTQuery
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

_CACHES = {"cache", "lru_cache", "cached_property"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one module.

    Attributes:
        path: The module, below the folder of the project.
        operator: What cosmic-ray calls the change.
        occurrence: Which place of the module the operator changes, from 0.
        definition: Function or class that the place is in; empty at the top of the module.
        line: Line of the place, from 1.
        column: Column of the place, from 0.
    """

    path: str
    operator: str
    occurrence: int
    definition: str
    line: int
    column: int

    @property
    def place(self) -> tuple[str, int, int, str]:
        """Return where the change is, and of what sort."""
        return (self.path, self.line, self.column, self.operator.partition("_")[0])

    def applied_to(self, code: str) -> str:
        """Return the changed source of the module."""
        changed = mutate_code(code, get_operator(self.operator)(), self.occurrence)
        return changed if changed is not None else code

    def lines_of(self, code: str) -> tuple[str, str]:
        """Return what is changed and what it is changed to, as the two sources print them."""
        before, after = code.splitlines(), self.applied_to(code).splitlines()
        start = next(n for n, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1])
        more = len(after) - len(before)
        end = len(before)
        while end > start + 1 and before[end - 1] == after[end - 1 + more]:
            end -= 1
        return _joined(before[start:end]), _joined(after[start : end + more])


def _joined(lines: list[str]) -> str:
    return " ".join(line.strip() for line in lines)


def sampled(root: Path, place: Path, count: int, seed: int) -> tuple[list[Mutant], int]:
    """Return a random sample of the changes of a module, or a folder of them, and how many places there are.

    A place is drawn once: `+` alone could become any of twelve other signs, most of them nonsense that any test kills.
    """
    modules = sorted(place.rglob("*.py")) if place.is_dir() else [place]
    every = [one for module in modules for one in _changes(root, module)]
    random.Random(seed).shuffle(every)  # noqa: S311 - a sample, no secret
    places = list({one.place: one for one in every}.values())
    chosen = list(islice((one for one in places if _is_another_program(root, one)), count))
    return sorted(chosen, key=lambda one: (*one.place, one.operator)), len(places)


def _changes(root: Path, module: Path) -> Iterator[Mutant]:
    tree = get_ast(module.read_text(encoding="utf-8"))
    for name in sorted(operator_names()):
        operator = get_operator(name)
        if operator.arguments():
            continue
        found = ((node, start) for node in ast_nodes(tree) for start, _ in operator().mutation_positions(node))
        for occurrence, (node, start) in enumerate(found):
            definition = ASTQuery(node).get_definition_name() or ""
            yield Mutant(str(module.relative_to(root)), name, occurrence, definition, *start)


def _is_another_program(root: Path, mutant: Mutant) -> bool:
    code = (root / mutant.path).read_text(encoding="utf-8")
    return _program(mutant.applied_to(code)) not in (_program(code), None)


class _Unannotated(ast.NodeTransformer):
    """Takes away what does not change what a module does."""

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        self.generic_visit(node)
        node.annotation = ast.Constant(value=None)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.generic_visit(node)
        node.returns = None
        node.decorator_list = [one for one in node.decorator_list if not _remembers(one)]
        return node


def _remembers(decorator: ast.expr) -> bool:
    bare = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(bare, ast.Name) and bare.id in _CACHES


def _program(code: str) -> str | None:
    try:
        return ast.dump(_Unannotated().visit(ast.parse(code)))
    except SyntaxError:
        return None
