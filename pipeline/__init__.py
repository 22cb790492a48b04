"""Raw text of a scholarly article to valid JATS, and from that JATS to the galleys a journal publishes."""

__version__ = "0.1.0"
