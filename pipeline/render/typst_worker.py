"""A program of its own: compiles Typst files, one request a line on its input, until that ends.

A request is a JSON object with `options` of `typst.compile`; the answer is a line of JSON (`length` of the PDF
that follows and `warnings`, or `error` and `diagnostic`). It imports nothing of the pipeline, so that it starts in
some 20 ms, and it may need `megabytes` of memory and `seconds` a request: the system ends it beyond.
"""

import json
import signal
import sys
from contextlib import suppress
from typing import Any

SPARE_SECONDS = 5


def main(megabytes: int, seconds: float, fonts: list[str]) -> None:
    import typst

    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides, by closing the input
    bound_memory(megabytes)
    known: Any = typst.Fonts(include_system_fonts=False, font_paths=fonts)
    for line in sys.stdin.buffer:
        if hasattr(signal, "alarm"):  # should the parent be gone while this runs
            signal.alarm(int(seconds) + SPARE_SECONDS)
        answer, pdf = compile_one(typst, json.loads(line)["options"], known)
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + pdf)
        sys.stdout.buffer.flush()
        if hasattr(signal, "alarm"):
            signal.alarm(0)


def compile_one(typst: Any, options: dict[str, Any], fonts: Any) -> tuple[dict[str, Any], bytes]:
    try:
        made, warnings = typst.compile_with_warnings(
            **options, font_paths=fonts, ignore_system_fonts=True, format="pdf"
        )
    except typst.TypstError as error:
        return {"error": str(error), "diagnostic": str(getattr(error, "diagnostic", "") or error)}, b""
    pdf = bytes(made)
    return {"length": len(pdf), "warnings": [str(warning.message) for warning in warnings]}, pdf


def bound_memory(megabytes: int) -> None:
    """Let the system refuse this process memory beyond, where it can."""
    try:
        import resource
    except ImportError:
        return
    # Not the address space: programs like pandoc reserve more of that than any machine has memory.
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (megabytes * 1_000_000, megabytes * 1_000_000))


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), sys.argv[3:])
