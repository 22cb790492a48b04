"""The pictures of the README, made from the project's own example: `python -m tests.pictures` (needs Chromium)."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from click.testing import CliRunner
from PIL import Image

from pipeline.cli import main

TOP = Path(__file__).resolve().parent.parent
EXAMPLE = TOP / "examples" / "harbour-libraries.txt"
IMAGES = TOP / "docs" / "images"
COLOURS = 64
WIDTH, HEIGHT = 900, 1270
CHROMIUM = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars"
).split()


def make_pictures(folder: Path) -> None:
    result = CliRunner().invoke(
        main, ["build", str(EXAMPLE), "--journal", str(EXAMPLE.with_name("journal.toml")), "--out", str(folder)]
    )
    if result.exit_code:
        sys.exit(result.output)
    made = folder / EXAMPLE.stem / EXAMPLE.stem
    IMAGES.mkdir(parents=True, exist_ok=True)
    page = pypdfium2.PdfDocument(made.with_suffix(".pdf"))[0]
    save(page.render(scale=WIDTH / page.get_width()).to_pil(), "pdf.png")
    chromium = shutil.which("chromium") or sys.exit("chromium is not installed; run: apt-get install chromium")
    subprocess.run(
        [
            chromium, *CHROMIUM, f"--user-data-dir={folder / 'profile'}", f"--window-size={WIDTH},{HEIGHT}",
            f"--screenshot={folder / 'html.png'}", made.with_suffix(".html").as_uri(),
        ],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    save(Image.open(folder / "html.png").convert("RGB"), "html.png")


def save(picture: Image.Image, name: str) -> None:
    """In few colours, which is all that a page has: a quarter of the bytes."""
    picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE).save(IMAGES / name, optimize=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        make_pictures(Path(temporary))
