"""`Article` to a JATS tree and back. Nothing here knows of files or of the command line."""

from pipeline.jats.amend import amend, front_of
from pipeline.jats.reader import read
from pipeline.jats.serialize import serialize
from pipeline.jats.sps import follow_sps
from pipeline.jats.writer import write

__all__ = ["amend", "follow_sps", "front_of", "read", "serialize", "write"]
