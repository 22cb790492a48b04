"""Setting up: schemas, init, completion."""

from pathlib import Path
from typing import Any

import click

from pipeline.commands.common import NAME, READABLE


@click.group()
def schemas() -> None:
    """The official JATS DTDs that validation needs."""


@schemas.command("install")
def schemas_install() -> None:
    """Install the DTDs, each checked against its SHA-256.

    \b
    Example: jats-pipeline schemas install
    """
    from pipeline import schema_install

    schema_install.install()


@schemas.command("list")
def schemas_list() -> None:
    """List the DTDs and whether each is installed.

    \b
    Example: jats-pipeline schemas list
    """
    from pipeline import schema_files

    for line in schema_files.listing():
        click.echo(line)


@click.command()
@click.argument("folder", type=READABLE, metavar="DIR")
def init(folder: Path) -> None:
    """Start a journal folder: journal.toml, make rules, an example article.

    \b
    Example: jats-pipeline init my-journal && cd my-journal && make
    """
    from pipeline.init import create

    create(folder)


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script of a shell.

    \b
    Example: eval "$(jats-pipeline completion bash)"
    """
    from click.shell_completion import get_completion_class

    script: Any = get_completion_class(shell)
    program = click.get_current_context().find_root().command
    click.echo(script(program, {}, NAME, "_JATS_PIPELINE_COMPLETE").source())
