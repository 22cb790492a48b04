"""CPU seconds of what a user waits for, against its budget: `python -m tests.bench [SOURCE]`.

Without a SOURCE the seed page beside the checkout is taken, or the example where there is none. Each job is a cold
process, and counts user and system time of that process and its children. The least of some runs is taken, as what
else the machine does can only add. Exit code 1: a budget is exceeded.
"""

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
SEED = TOP.parent / "shared" / "seed" / "asean-korea-landing-page.txt"
EXAMPLE = TOP / "examples" / "harbour-libraries.txt"
COMMAND = str(Path(sys.executable).with_name("jats-pipeline"))
RUNS = 5
# CPU seconds; those of the first issue of the project.
BUDGETS = {"help": 0.15, "convert": 0.5, "build": 2.5}


def cpu_seconds(arguments: list[str]) -> float:
    """User and system seconds of one run, children included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run([COMMAND, *arguments], capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if run.returncode > 1:
        sys.exit(f"{' '.join(arguments)}: exit code {run.returncode}: {run.stderr.strip()}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    given = [Path(argument) for argument in sys.argv[1:]]
    source = next(path for path in (*given, SEED, EXAMPLE) if path.exists())
    print(f"{source.name}: CPU seconds of a cold process, least of {RUNS} runs")
    exceeded = 0
    with tempfile.TemporaryDirectory() as folder:
        jobs = {
            "help": ["--help"],
            "convert": ["convert", str(source), "-o", f"{folder}/article.xml"],
            "build": ["build", str(source), "--out", folder],
        }
        for name, arguments in jobs.items():
            seconds = min(cpu_seconds(arguments) for _ in range(RUNS))
            exceeded += seconds > BUDGETS[name]
            print(f"{name:<10}{seconds:6.2f} of {BUDGETS[name]:.2f}{'  EXCEEDED' if seconds > BUDGETS[name] else ''}")
    return int(exceeded > 0)


if __name__ == "__main__":
    sys.exit(main())
