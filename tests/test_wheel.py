"""A wheel built from the tree does the main job where there is no checkout."""

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

EPOCH = {"SOURCE_DATE_EPOCH": "1700000000"}


def build(source: Path, target: str, folder: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    subprocess.run(command, cwd=source, env=os.environ | EPOCH, capture_output=True, text=True, check=True)
    return next(folder.iterdir())


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(checkout, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel installed; what it depends on is lent by this one, the checkout is not."""
    folder = tmp_path_factory.mktemp("environment") / "env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    packages = next(folder.glob("lib*/**/site-packages"))
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    python = shutil.which("python", path=folder / "bin") or shutil.which("python", path=folder / "Scripts")
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel]
    subprocess.run(pip, capture_output=True, text=True, check=True)
    return Path(str(python)).parent


def run(environment: Path, folder: Path, *arguments: str) -> str:
    """What the installed command prints, run in `folder` with nothing of this process's settings."""
    settings = {key: value for key, value in os.environ.items() if key in ("SYSTEMROOT", "LANG")} | {
        "HOME": str(folder)
    }
    command = [environment / arguments[0], *arguments[1:]]
    done = subprocess.run(command, cwd=folder, env=settings | EPOCH, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_installed_package_is_not_the_checkout(environment: Path, checkout: Path, tmp_path: Path) -> None:
    code = "import pipeline, pipeline.resources as r; print(pipeline.__file__); print(r.schemas())"
    for line in run(environment, tmp_path, "python", "-c", code).splitlines():
        assert Path(line).is_relative_to(environment.parent)
        assert not Path(line).is_relative_to(checkout)


def test_the_installed_command_does_the_main_job(environment: Path, examples: Path, tmp_path: Path) -> None:
    name = "harbour-libraries"
    for part in (f"{name}.txt", f"{name}.toml", "journal.toml"):
        shutil.copy(examples / part, tmp_path)
    run(environment, tmp_path, "jats-pipeline", "build", f"{name}.txt", "--journal", "journal.toml")
    made = {path.name for path in (tmp_path / "build" / name).iterdir()}
    assert made == {f"{name}.{end}" for end in ("xml", "html", "pdf", "docx", "report.json", "report.html")}
    findings = run(environment, tmp_path, "jats-pipeline", "validate", f"build/{name}/{name}.xml")
    assert " error " not in findings
    assert (tmp_path / "build" / name / f"{name}.pdf").read_bytes().startswith(b"%PDF")


def test_the_installed_command_has_the_schemas_and_the_journal_folder(environment: Path, tmp_path: Path) -> None:
    lines = run(environment, tmp_path, "jats-pipeline", "schemas", "list").splitlines()
    assert len(lines) >= 3
    assert all(Path(line.split()[-1]).is_file() for line in lines)
    run(environment, tmp_path, "jats-pipeline", "schemas", "install")
    run(environment, tmp_path, "jats-pipeline", "init", "journal")
    assert (tmp_path / "journal" / "pipeline.mk").is_file()


def test_the_wheel_holds_the_package_and_nothing_of_this_machine(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"pipeline", "jats_pipeline"}
    assert not [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".orig", "~"))]
    assert wheel.stat().st_size < 20_000_000


def test_the_wheel_is_reproducible_and_the_sdist_builds_the_same(wheel: Path, checkout: Path, tmp_path: Path) -> None:
    sdist = build(checkout, "sdist", tmp_path / "sdist")
    shutil.unpack_archive(sdist, tmp_path / "source")
    again = build(next((tmp_path / "source").iterdir()), "wheel", tmp_path / "again")
    with zipfile.ZipFile(wheel) as first, zipfile.ZipFile(again) as second:
        assert first.namelist() == second.namelist()
    assert again.read_bytes() == wheel.read_bytes()
