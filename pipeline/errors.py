"""What stops a run, and the exit code it carries.

    PipelineError            5  something in the pipeline itself failed
    ├── UsageError           2  the call was wrong
    ├── SourceError          3  a source cannot be read
    │   └── LimitReached     3  it takes more time or memory than a limit allows
    └── MissingPart          4  a needed part is not installed; the message says the command

A problem *in an article* is no exception but a `pipeline.findings.Finding`.
Every message is one line and says what to do next.
"""

from enum import IntEnum


class ExitCode(IntEnum):
    DONE = 0
    ARTICLE_HAS_ERRORS = 1
    USAGE = 2
    UNREADABLE_SOURCE = 3
    MISSING_PART = 4
    INTERNAL = 5


class PipelineError(Exception):
    exit_code = ExitCode.INTERNAL


class UsageError(PipelineError):
    exit_code = ExitCode.USAGE


class SourceError(PipelineError):
    exit_code = ExitCode.UNREADABLE_SOURCE


class LimitReached(SourceError):
    pass


class MissingPart(PipelineError):
    exit_code = ExitCode.MISSING_PART
