"""The command line: every run ends with the exit code of the contract, and no user sees a traceback."""

import os
import sys
from typing import Any

import click

from pipeline import __version__
from pipeline.commands import articles, batches, citations, deposits, setup
from pipeline.commands.common import NAME, say
from pipeline.errors import ExitCode, PipelineError


class Commands(click.Group):
    """A group that ends every run with one line and the exit code of the contract, never a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except PipelineError as error:
            say(f"{NAME}: {error}")
            ctx.exit(error.exit_code)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(ExitCode.DONE)
        except Exception as error:
            if os.environ.get("JATS_PIPELINE_DEBUG"):
                raise
            say(f"{NAME}: internal error: {type(error).__name__}: {error} (JATS_PIPELINE_DEBUG=1 shows where)")
            ctx.exit(ExitCode.INTERNAL)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name=NAME)
def main() -> None:
    """Raw text of an article to valid JATS, and from it HTML, PDF and DOCX.

    \b
    Example: jats-pipeline build article.txt
    """


for command in (
    articles.build,
    articles.convert,
    articles.render,
    articles.validate,
    batches.batch,
    deposits.deposit,
    deposits.rules,
    citations.references,
    citations.cite,
    citations.styles,
    setup.schemas,
    setup.init,
    setup.completion,
):
    main.add_command(command)
