"""For whoever runs the service: is it alive, can it answer, and how is it doing."""

from __future__ import annotations

import ipaddress

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse

from hyoka_kg import __version__
from hyoka_kg.errors import HyokaError
from hyoka_kg.service.evaluation import Engine, EngineOfApp, evaluate
from hyoka_kg.service.finding import look
from hyoka_kg.service.loans import Loans
from hyoka_kg.service.records import Records
from hyoka_kg.service.refusals import Refusal
from hyoka_kg.service.requests import PROXY_HEADERS

router = APIRouter(tags=["operations"])


@router.get("/health", summary="Whether the service answers")
async def show_health() -> JSONResponse:
    """Tell that the service answers; the store is not asked."""
    return JSONResponse({"status": "ok", "version": __version__})


@router.get("/ready", summary="Whether the graph answers")
async def show_ready(engine: EngineOfApp) -> JSONResponse:
    """Tell whether a worker can read the graph: 200, or 503."""
    try:
        await evaluate(engine, look)
    except HyokaError:
        return JSONResponse({"status": "the graph does not answer"}, 503, {"Retry-After": "10"})
    return JSONResponse({"status": "ok"})


@router.get("/metrics", include_in_schema=False)
async def show_metrics(request: Request, engine: EngineOfApp) -> PlainTextResponse:
    """Show counts in Prometheus' text format, to this machine only."""
    if not _is_local(request):
        raise Refusal(404, "There is nothing at /metrics. Start at / or list the questions at /queries.")
    lines = _metrics(engine, request.app.state.records, request.app.state.loans)
    return PlainTextResponse("".join(lines), media_type="text/plain; version=0.0.4")


def _is_local(request: Request) -> bool:
    # A proxy on this machine asks for somebody else.
    if request.client is None or any(name in request.headers for name in PROXY_HEADERS):
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False


def _metrics(engine: Engine, records: Records, loans: Loans) -> list[str]:
    pool = engine.pool
    values: dict[str, float] = {
        "hyoka_request_seconds_total": records.seconds,
        "hyoka_sent_bytes_total": records.sent_bytes,
        "hyoka_workers_busy": pool.busy,
        "hyoka_workers_started_total": pool.counts.started,
        "hyoka_workers_killed_total": pool.counts.killed,
        "hyoka_workers_died_total": pool.counts.died,
        "hyoka_workers_without_network": int(pool.isolated and loans.isolated),
        "hyoka_connections_lent": loans.out,
        "hyoka_loans_total": loans.lent,
        "hyoka_express_workers_started_total": loans.started,
        "hyoka_express_workers_lost_total": loans.lost,
        "hyoka_queries_waiting": pool.waiting,
        "hyoka_cache_hits_total": engine.cache.hits,
        "hyoka_outgoing_bytes": engine.outgoing_bytes,
    }
    counted = [f'hyoka_requests_total{{status="{status}"}} {n}\n' for status, n in sorted(records.requests.items())]
    return [*counted, *(f"{name} {value:g}\n" for name, value in values.items())]
