"""OpenAPI: one operation a canned query, with its typed parameters and their examples, beside the other entrances."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from hyoka_kg.query import CannedQuery, Parameter, load_catalogue, maintenance_text
from hyoka_kg.query.run import CLASSES_OF_KIND
from hyoka_kg.service.negotiation import GRAPH_OFFERS, RESULT_OFFERS
from hyoka_kg.service.tables import STYLES

_SCHEMAS: dict[str, dict[str, Any]] = {
    "iri": {"type": "string", "format": "iri-reference"},
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "date": {"type": "string", "format": "date"},
}
_PAGES = [
    {"name": "page", "in": "query", "schema": {"type": "integer", "minimum": 1}, "description": "Which page of rows."},
    {
        "name": "size",
        "in": "query",
        "schema": {"type": "integer", "minimum": 1, "maximum": 1000},
        "description": "Rows a page; without page and size, all rows.",
    },
]


def api_of(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """Return what gives the OpenAPI description of the app, made once."""

    @cache
    def describe() -> dict[str, Any]:
        document = get_openapi(title=app.title, version=app.version, routes=app.routes)
        del document["paths"]["/queries/{name}"]
        for query in load_catalogue():
            for style, written in STYLES.items():
                document["paths"][f"/queries/{query.id}.{style}"] = {
                    "get": _operation(query, style, written.media_type)
                }
        del document["paths"]["/search.{style}"]
        for style in ("", *STYLES):
            document["paths"][f"/search.{style}".rstrip(".")] = {"get": _search(style)}
        document["paths"]["/sparql"] = {"get": _sparql("query"), "post": _sparql_form()}
        return document

    return describe


def schema_of(parameter: Parameter) -> dict[str, Any]:
    """Return the JSON Schema of a parameter of a canned query, with its default as example."""
    schema = dict(_SCHEMAS[parameter.type])
    if parameter.default is not None:
        schema["examples"] = [parameter.default]
    return schema


def _operation(query: CannedQuery, style: str, media_type: str) -> dict[str, Any]:
    return {
        "tags": ["queries"],
        "operationId": f"{query.id}_{style.replace('.', '_')}",
        "summary": query.summary_en,
        "description": f"{query.summary}\n\n{query.description}",
        "parameters": [*map(_parameter, query.params), *_PAGES],
        "responses": {
            "200": {"description": f"Columns: {', '.join(query.columns)}", "content": {media_type: {}}},
            "400": {"description": "A parameter is unknown, not of its type, or names nothing."},
        },
    }


def _search(style: str) -> dict[str, Any]:
    words = {"name": "q", "in": "query", "required": True, "schema": {"type": "string", "maxLength": 200}}
    kind = {"name": "kind", "in": "query", "schema": {"type": "string", "examples": list(CLASSES_OF_KIND)}}
    return {
        "tags": ["search"],
        "operationId": f"search_{style.replace('.', '_')}".rstrip("_"),
        "summary": "Things of which one text holds all words; X-Total-Count says how many there are",
        "parameters": [
            {**words, "description": "Words with spaces between; width, case, kana and calendar do not count."},
            {**kind, "description": "Only things of this kind."},
            *_PAGES,
        ],
        "responses": {
            "200": {"description": "A page of things", "content": {STYLES[style or "json"].media_type: {}}},
            "400": {"description": "There is nothing to look for, or no such kind."},
            "501": {"description": "The service stands in front of another server and has no index."},
        },
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    described = {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "schema": dict(_SCHEMAS[parameter.type]),
        "description": f"{parameter.description_ja} / {parameter.description_en}",
    }
    return described if parameter.default is None else {**described, "example": parameter.default}


def _sparql(name: str) -> dict[str, Any]:
    return {
        "tags": ["sparql"],
        "operationId": "sparql_get",
        "summary": "SPARQL 1.1 Query; a bare GET describes the endpoint",
        "parameters": [
            {"name": name, "in": "query", "schema": {"type": "string"}, "example": maintenance_text("anything")},
        ],
        "responses": _sparql_answers(),
    }


def _sparql_form() -> dict[str, Any]:
    text = {"schema": {"type": "string"}}
    form = {"schema": {"type": "object", "properties": {"query": {"type": "string"}}, "required": ["query"]}}
    return {
        "tags": ["sparql"],
        "operationId": "sparql_post",
        "summary": "SPARQL 1.1 Query by POST",
        "requestBody": {"content": {"application/sparql-query": text, "application/x-www-form-urlencoded": form}},
        "responses": _sparql_answers(),
    }


def _sparql_answers() -> dict[str, Any]:
    content: dict[str, Any] = {offer.media_type: {} for offer in (*RESULT_OFFERS, *GRAPH_OFFERS)}
    return {
        "200": {"description": "The whole answer", "content": content},
        "400": {"description": "The query cannot be read."},
        "403": {"description": "SERVICE or an update."},
        "406": {"description": "Not in this format."},
        "413": {"description": "The query or its answer is too large."},
        "429": {"description": "Too many queries; Retry-After says when."},
        "503": {"description": "It takes too long or too much memory."},
    }
