"""WCAG 2.2 AA as axe-core tells it, in a headless Chromium. `AXE_CORE` names the file axe.min.js of the npm package."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

AXE = Path(os.environ.get("AXE_CORE", ""))
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RESULT = re.compile(r"AXE(\[.*?\])EXA", re.DOTALL)
RUN = """axe.run({runOnly: %s}).then(result => {
  document.title = "AXE" + JSON.stringify(result.violations.map(each => [each.id, each.nodes[0].target])) + "EXA"
})"""
OPTIONS = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync --virtual-time-budget=10000 --dump-dom""".split()


@pytest.mark.skipif(not AXE.is_file(), reason="AXE_CORE names no file: npm install --no-save axe-core")
@pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium")
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing(width: int, full: Callable[[str], tuple[bytes, list[Any]]], tmp_path: Path) -> None:
    page = POLICY.sub("", full("html")[0].decode())
    scripts = f"<script>{AXE.read_text('utf-8')}</script><script>{RUN % json.dumps(TAGS)}</script>"
    path = tmp_path / "page.html"
    path.write_text(page.replace("</body>", f"{scripts}</body>"), encoding="utf-8")
    command = [
        "chromium",
        *OPTIONS,
        f"--user-data-dir={tmp_path / 'user'}",
        f"--window-size={width},900",
        path.as_uri(),
    ]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
    result = RESULT.search(shown)
    assert result is not None
    assert json.loads(result.group(1)) == []
