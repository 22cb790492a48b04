"""The build hook: a wheel and an sdist carry the JATS DTDs, so they are installed (by hash) before a build."""

import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class JatsSchemas(BuildHookInterface):  # type: ignore[type-arg]
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        try:
            from pipeline.schema_install import install

            install()
        finally:
            sys.path.remove(self.root)
