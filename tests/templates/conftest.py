from __future__ import annotations

from tests.cli.conftest import Command, tool

__all__ = ["Command", "tool"]
