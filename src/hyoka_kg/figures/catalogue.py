"""The pictures by name: what each is drawn of, the queries that it asks, and who draws it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hyoka_kg.errors import QueryError
from hyoka_kg.figures.budget import budget_figure
from hyoka_kg.figures.coverage import coverage_figure
from hyoka_kg.figures.execution import execution_figure
from hyoka_kg.figures.figure import Figure
from hyoka_kg.figures.findings import findings_figure
from hyoka_kg.figures.flow import flow_figure
from hyoka_kg.figures.labels import Language
from hyoka_kg.figures.numbers import numbers_figure
from hyoka_kg.figures.policy import policy_figure
from hyoka_kg.figures.targets import target_actual_figure
from hyoka_kg.figures.trace import trace_figure
from hyoka_kg.figures.treemap import treemap_figure
from hyoka_kg.figures.versions import versions_figure
from hyoka_kg.query import first_name, load_catalogue, resolve, run_canned
from hyoka_kg.query.catalogue import Parameter
from hyoka_kg.store import GraphStore, Rows

# Folder, name and parameter of a query; answers by query and by the thing that it was asked of.
Query = tuple[str, str, str]
Asked = dict[tuple[Query, str], Rows]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that can be drawn of a graph.

    Attributes:
        name: Its name.
        of: What kind of thing it is drawn of; empty for one of the whole graph.
        queries: Folder, query and parameter for each of the answers that it is drawn from, in order.
        draw: Draws it from the answers.
        is_titled: Whether the name of the thing is to be handed to it.
    """

    name: str
    of: str
    queries: tuple[Query, ...]
    draw: Callable[..., Figure]
    is_titled: bool = False


_FINDINGS = "findings"
_MONEY = ("pages", "project_money", "thing")
_THING = ("pages", "thing", "thing")
_PICTURES = (
    Picture("trace", "project", (("competency", "tr01", "project"),), trace_figure, is_titled=True),
    Picture(
        "numbers",
        "project",
        (("pictures", "numbers", "project"), ("competency", "tr05", "project"), _MONEY),
        numbers_figure,
        is_titled=True,
    ),
    Picture("budget", "project", (_MONEY,), budget_figure, is_titled=True),
    Picture("policy", "policy", (("pictures", "policy", "policy"),), policy_figure, is_titled=True),
    Picture("targets", "indicator", (("competency", "tr03", "indicator"),), target_actual_figure, is_titled=True),
    Picture("measurand", "measurand", (("pages", "measurand_values", "thing"),), target_actual_figure, is_titled=True),
    Picture("versions", "strategy", (("pages", "strategy_versions", "thing"),), versions_figure, is_titled=True),
    Picture("coverage", "strategy", (("pictures", "coverage", "strategy"),), coverage_figure, is_titled=True),
    Picture("execution", "document", (("pictures", "execution", "document"),), execution_figure),
    Picture("treemap", "document", (("pictures", "execution", "document"),), treemap_figure),
    Picture("flow", "document", (("pictures", "flow", "document"),), flow_figure),
    Picture(_FINDINGS, "", (("pictures", "findings", ""),), findings_figure),
)
PICTURES: Mapping[str, Picture] = {picture.name: picture for picture in _PICTURES}


def draw_picture(
    store: GraphStore, name: str, thing: str = "", language: Language = "ja", asked: Asked | None = None
) -> Figure:
    """Draw a picture of a thing.

    Args:
        store: The graph.
        name: Name of the picture.
        thing: IRI, identifier or name of what it is drawn of; nothing for a picture of the whole graph.
        language: Language of the words.
        asked: Answers that other pictures of the same page asked for; those asked now are put beside them.

    Raises:
        NothingToDraw: The data cannot carry the picture; the text says why.
        QueryError: There is no such picture, or the thing is not named or not known.
    """
    picture = find_picture(name)
    if picture.of and not thing:
        raise QueryError(f"The picture '{name}' is drawn of one {picture.of}: name it by IRI, identifier or name.")
    iri = resolve(store, _parameter(picture), thing) if picture.of else ""
    if name == _FINDINGS and store.judgements is not None:
        return picture.draw(store.judgements.by_year(), language=language)
    known = {} if asked is None else asked
    answers = [_ask(store, query, iri, known) for query in picture.queries]
    titled = {"title": first_name(_ask(store, _THING, iri, known).as_text(), language)} if picture.is_titled else {}
    return picture.draw(*answers, language=language, **titled)


def _ask(store: GraphStore, query: Query, iri: str, asked: Asked) -> Rows:
    if (query, iri) not in asked:
        folder, name, parameter = query
        asked[query, iri] = run_canned(store, load_catalogue(folder)[name], {parameter: iri} if parameter else {})
    return asked[query, iri]


def find_picture(name: str) -> Picture:
    """Return a picture by name.

    Raises:
        QueryError: There is none of that name; near names are told.
    """
    if name in PICTURES:
        return PICTURES[name]
    near = difflib.get_close_matches(name, PICTURES, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise QueryError(f"There is no picture of that name.{hint} There are: {', '.join(PICTURES)}.")


def _parameter(picture: Picture) -> Parameter:
    return Parameter(picture.of, "iri", picture.of, None, optional=False, description_ja="", description_en="")
