"""A new journal folder: rules for make, a commented journal.toml, and an example article to start from."""

import shutil
from pathlib import Path

from pipeline import resources
from pipeline.errors import UsageError

EXAMPLE = "harbour-libraries"


def create(folder: Path) -> list[Path]:
    """Fill `folder` (made where there is none), and give the files written.

    Raises UsageError: a file is there already (nothing is written then), or the folder cannot be written to.
    """
    contents = {
        "Makefile": resources.PACKAGE / "journal_folder" / "Makefile",
        "pipeline.mk": resources.PACKAGE / "journal_folder" / "pipeline.mk",
        "journal.toml": resources.examples("journal.toml"),
        f"articles/{EXAMPLE}.txt": resources.examples(f"{EXAMPLE}.txt"),
        f"articles/{EXAMPLE}.toml": resources.examples(f"{EXAMPLE}.toml"),
    }
    if there := [name for name in contents if (folder / name).exists()]:
        raise UsageError(f"{folder / there[0]}: already there; choose an empty folder, nothing was changed")
    try:
        for name, source in contents.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, folder / name)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written to ({error.strerror}); choose another folder") from None
    return [folder / name for name in contents]
