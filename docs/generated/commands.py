"""The commands of `hyoka` as the command line itself tells them."""

from __future__ import annotations

from enum import Enum
from typing import Any

import typer

from hyoka_kg.cli.app import app

_UNSET = (None, False, (), [])


def told() -> dict[str, Any]:
    """Return every command with its help, arguments and options, in the order of the list."""
    group = typer.main.get_command(app)
    commands = [_command(name, group.commands[name]) for name in group.commands]
    return {"program": group.help, "commands": commands}


def _command(name: str, command: Any) -> dict[str, Any]:
    parameters = [_parameter(each) for each in command.params if not each.hidden]
    return {
        "name": name,
        "help": command.help,
        "arguments": [each for each in parameters if each["is_argument"]],
        "options": [each for each in parameters if not each["is_argument"]],
    }


def _parameter(parameter: Any) -> dict[str, Any]:
    is_argument = parameter.param_type_name == "argument"
    names = [parameter.name.upper()] if is_argument else [*parameter.opts, *parameter.secondary_opts]
    return {
        "is_argument": is_argument,
        "names": names,
        "value": _value(parameter),
        "required": parameter.required,
        "default": _default(parameter.default),
        "help": parameter.help or "",
    }


def _value(parameter: Any) -> str:
    if getattr(parameter, "is_flag", False):
        return ""
    annotation = parameter.type_descriptor.annotation
    choices = getattr(annotation, "__members__", None)
    if choices:
        return " · ".join(str(choice.value) for choice in choices.values())
    return parameter.metavar or getattr(annotation, "__name__", str(annotation)).lower()


def _default(default: Any) -> str:
    if default in _UNSET:
        return ""
    return str(default.value if isinstance(default, Enum) else default)
