"""Record what the CSL reference implementation prints: `python -m tests.bibliography.record FOLDER OUT`.

FOLDER holds `items.json` and `clusters.json`; OUT gets both and a `reference.json` of every independent style
that FOLDER has no reference of. It takes node, citeproc.js (`python -m tests.tools`) and half a minute a hundred
styles; what it wrote already it does not record again.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from citeproc import LOCALES_PATH

from pipeline.bibliography import styles
from tests.tools import tool

SCRIPT = Path(__file__).with_name("record.js")
AT_ONCE = 50


def missing() -> str:
    """What there is none of, or an empty string."""
    return "" if shutil.which("node") and tool("citeproc.js") else "node, or citeproc.js (python -m tests.tools)"


def record(items: Sequence[Any], clusters: Sequence[Any], names: Iterable[str]) -> dict[str, Any]:
    """`{style: {"cites": […], "order": [ids], "bib": {id: html}}}`; a style the implementation fails on is left out."""
    files = [str(styles.folder() / f"{name}.csl") for name in names]
    run = subprocess.run(
        ["node", str(SCRIPT), str(tool("citeproc.js")), str(LOCALES_PATH), *files],
        input=json.dumps({"items": items, "clusters": clusters}), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return dict(json.loads(line) for line in run.stdout.splitlines())


def main(folder: Path, out: Path) -> None:
    items, clusters = (json.loads((folder / f"{name}.json").read_text("utf-8")) for name in ("items", "clusters"))
    known = json.loads((folder / "reference.json").read_text("utf-8"))
    out.mkdir(parents=True, exist_ok=True)
    for name in ("items.json", "clusters.json"):
        shutil.copyfile(folder / name, out / name)
    target = out / "reference.json"
    done = json.loads(target.read_text("utf-8")) if target.is_file() else {}
    waiting = sorted({path.stem for path in styles.folder().glob("*.csl")} - known.keys() - done.keys())
    for start in range(0, len(waiting), AT_ONCE):
        done |= record(items, clusters, waiting[start : start + AT_ONCE])
        target.write_text(json.dumps(done, ensure_ascii=False), "utf-8")
        print(f"{len(done)} styles recorded", flush=True)


if __name__ == "__main__":
    if missing():
        sys.exit(f"there is no {missing()}")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
