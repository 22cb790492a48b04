"""The build hook: puts the shipped files into the wheel, the official JATS DTDs (installed by hash) among them."""

import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = ("schemas", "styles", "examples")


class ShippedFiles(BuildHookInterface):  # type: ignore[type-arg]
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
        if self.target_name == "wheel":
            build_data["force_include"] |= {folder: f"pipeline/_shipped/{folder}" for folder in SHIPPED}
