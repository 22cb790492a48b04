"""`Article` to a JATS tree and back. Nothing here knows of files or of the command line."""

from pipeline.jats.amend import amend
from pipeline.jats.reader import read
from pipeline.jats.serialize import serialize
from pipeline.jats.writer import write

__all__ = ["amend", "read", "serialize", "write"]
