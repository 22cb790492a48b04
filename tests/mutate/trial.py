"""Run some tests on a changed module, in a process of its own."""

import ast
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import resource
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

PATIENCE = 900  # seconds for a process that waits and does nothing
# What most tests import that is none of ours: loaded once, a process of a trial has it as it begins.
PRELOADED = (
    "lxml.isoschematron click.testing hypothesis babel rich.table PIL.Image citeproc docx pikepdf charset_normalizer "
    "pypandoc typst jinja2"
).split()


def preload() -> None:
    """Load what trials need, and let them keep the compiled form of the modules they load."""
    sys.dont_write_bytecode = False
    for name in PRELOADED:
        importlib.import_module(name)


class _Changed(importlib.machinery.SourceFileLoader):
    def __init__(self, name: str, path: str, code: CodeType) -> None:
        super().__init__(name, path)
        self.code = code

    def get_code(self, fullname: str) -> CodeType:
        return self.code


class _Finder(importlib.abc.MetaPathFinder):
    """Finds the changed module before anything else does."""

    def __init__(self, loader: _Changed) -> None:
        self.loader = loader

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.loader.name:
            return None
        return importlib.util.spec_from_file_location(fullname, self.loader.path, loader=self.loader)


class _Chosen:
    """Keeps the chosen tests, in their order."""

    def __init__(self, tests: Sequence[str]) -> None:
        self.order = {test: number for number, test in enumerate(tests)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted(
            (each for each in items if each.nodeid in self.order), key=lambda each: self.order[each.nodeid]
        )


def is_noticed(path: Path, tree: ast.Module, tests: Sequence[str], seconds: float) -> bool:
    """Whether one of `tests` fails, or needs more than `seconds` of processor time, with `tree` as that module."""
    name = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
    assert name not in sys.modules, "it would not be changed"
    changed = _Changed(name, os.path.abspath(path), compile(tree, path, "exec"))  # noqa: PTH100
    child = os.fork()
    if not child:
        try:
            os._exit(_run(changed, tests, seconds))
        finally:
            os._exit(1)
    code = _ended(child)
    if code == pytest.ExitCode.NO_TESTS_COLLECTED:
        raise SystemExit(f"none of the tests is there any more; measure anew what they reach: {tests}")
    return code != 0


def _run(changed: _Changed, tests: Sequence[str], seconds: float) -> int:
    os.setpgid(0, 0)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (most, most + 1))
    sys.meta_path.insert(0, _Finder(changed))
    files = dict.fromkeys(test.partition("::")[0] for test in tests)
    code = pytest.main(["-x", "-q", "-p", "no:cacheprovider", "--assert=plain", *files], plugins=[_Chosen(tests)])
    return int(code)


def _ended(child: int) -> int:
    """The exit code of a process, which is ended where it waits without end, and all that it started with it."""
    deadline = time.monotonic() + PATIENCE
    status = None
    while status is None and time.monotonic() < deadline:
        ended, found = os.waitpid(child, os.WNOHANG)
        status = found if ended else None
        time.sleep(0.02)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    if status is None:
        os.waitpid(child, 0)
        return 1
    return os.waitstatus_to_exitcode(status)
