"""The rules of the house that a program can check."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import click
import pytest

PACKAGE = "pipeline"
LINE = ["intake", "structure", "references", "citations", "jats", "bibliography", "render"]
TO_JATS = {"intake", "structure", "references", "citations", "jats"}
MAY_IMPORT = {room: set(LINE[: LINE.index(room) + 1]) for room in LINE} | {
    "validation": TO_JATS | {"validation"},
    "upgrade": TO_JATS | {"validation", "upgrade"},
    "deposit": TO_JATS | {"validation", "deposit"},
}
COMPOSE = {"batch", "build", "cited", "cli", "commands", "intext", "outputs", "reference_list", "report", "watch"}
HEAVY = {
    "charset_normalizer", "citeproc", "fastjsonschema", "jinja2", "lxml", "pipeline.build", "pycrfsuite", "pypandoc",
    "pypdfium2", "rich", "typst", "urllib.request",
}  # fmt: skip
LONGEST_MODULE = 400
# Written so that this file does not hold what it looks for.
FOREIGN = re.compile(r"(?<![\w.~}])/(?:work|root|home|tmp)/|pypi\.(?:org|python)|registry\.npm[j]s|pythonhoste[d]")


def modules() -> list[Path]:
    from pipeline import resources

    return sorted(resources.PACKAGE.rglob("*.py"))


def module_name(path: Path) -> str:
    from pipeline import resources

    parts = path.relative_to(resources.PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[str]:
    """Everything that `path` imports, as dotted names, wherever the import stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def room(name: str) -> str:
    """The room, or the module beside the rooms, that a dotted name stands in."""
    return name.partition(".")[2].partition(".")[0]


def tracked(checkout: Path) -> list[Path]:
    if not (checkout / ".git").exists():
        pytest.skip("not a git checkout")
    names = subprocess.run(["git", "ls-files", "-z"], cwd=checkout, capture_output=True, text=True, check=True).stdout
    return [checkout / name for name in names.split("\0") if name and (checkout / name).is_file()]


def commands(group: click.Group, path: str = "jats-pipeline") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


@pytest.mark.parametrize("path", modules(), ids=module_name)
def test_imports_run_one_way(path: Path) -> None:
    own = room(module_name(path))
    for imported in imports(path):
        if not imported.startswith(f"{PACKAGE}."):
            continue
        other = room(imported)
        assert other != "cli", f"{path}: nothing imports the command line"
        if own in MAY_IMPORT:
            assert other not in MAY_IMPORT or other in MAY_IMPORT[own], f"{path}: {own} knows nothing of {other}"
            assert other not in COMPOSE, f"{path}: a room does not import what composes the rooms"
        elif own not in COMPOSE:
            assert other not in MAY_IMPORT, f"{path}: a module beside the rooms imports {other}"


@pytest.mark.parametrize("path", modules(), ids=module_name)
def test_a_module_fits_a_head(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


def test_every_room_is_known() -> None:
    from pipeline import resources

    packages = {path.parent.name for path in resources.PACKAGE.glob("*/__init__.py")}
    assert packages == set(MAY_IMPORT) | {"batch", "commands"}


def test_every_import_is_a_declared_dependency(checkout: Path) -> None:
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["cluster"], *extras["parquet"]]
    declared = {normal(re.match(r"[\w.-]+", line).group()) for line in wanted}  # type: ignore[union-attr]
    distributions = metadata.packages_distributions()
    tops = {imported.partition(".")[0] for path in modules() for imported in imports(path)}
    for top in sorted(tops - sys.stdlib_module_names - {PACKAGE}):
        owners = {normal(name) for name in distributions.get(top, [top])}
        assert owners & declared, f"{top} is imported, and none of {owners} is a dependency in pyproject.toml"


def test_no_machine_and_no_registry_is_named(checkout: Path) -> None:
    found = []
    for path in tracked(checkout):
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        found += [f"{path}:{number}" for number, line in enumerate(lines, 1) if FOREIGN.search(line)]
    assert found == []


def test_the_official_schemas_are_not_in_the_tree(checkout: Path) -> None:
    assert [path for path in tracked(checkout) if path.suffix in (".dtd", ".ent", ".mod")] == []


def test_the_command_line_starts_light() -> None:
    code = "import json, sys, pipeline.cli; print(json.dumps(list(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert HEAVY.intersection(json.loads(run.stdout)) == set()


def test_every_command_is_documented_and_shows_an_example(checkout: Path) -> None:
    from pipeline.cli import main

    documents = [checkout / "README.md", *(checkout / "docs").rglob("*.md")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in documents)
    for name, command in commands(main):
        assert re.search(rf"{re.escape(name)}\b", text), f"{name} stands in no document"
        assert "Example:" in (command.help or ""), f"{name} --help shows no example"
        for parameter in command.params:
            if isinstance(parameter, click.Option) and not parameter.hidden:
                assert parameter.help, f"{name} {parameter.opts[0]} has no help"
                assert parameter.opts[-1] in text, f"{name} {parameter.opts[-1]} stands in no document"
