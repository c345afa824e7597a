"""The command that offers the graph to a language-model assistant."""

from __future__ import annotations

import anyio
import typer

from hyoka_kg.cli.serving import PlaceOption, place_of
from hyoka_kg.config import Settings
from hyoka_kg.errors import HyokaError
from hyoka_kg.service.evaluation import Engine


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("mcp")(mcp_command)


def mcp_command(store: PlaceOption = None) -> None:
    """Offer the graph's questions as tools to an assistant, over standard streams (MCP). AI 助手に道具として渡す。

    The same tools are at /mcp of `hyoka serve`. Needs the extra: pip install 'hyoka-kg[mcp]'.

    Example: hyoka mcp --store data/build/store
    """
    settings = Settings.from_environment()
    engine = Engine(place_of(store, settings), settings)
    try:
        anyio.run(_serve_streams, engine)
    finally:
        engine.close()


async def _serve_streams(engine: Engine) -> None:
    try:
        from mcp.server.stdio import stdio_server

        from hyoka_kg.service.assistant import make_server
    except ModuleNotFoundError as error:
        raise HyokaError("The package for assistants is not installed: pip install 'hyoka-kg[mcp]'.") from error
    server = make_server(engine)
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())
