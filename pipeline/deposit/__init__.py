"""Packages for archives and registries, made from `NAME.xml`, its galleys and the journal's facts."""

from pipeline.deposit.record import Record, open_record
from pipeline.deposit.targets import TARGETS, Package, deposit

__all__ = ["TARGETS", "Package", "Record", "deposit", "open_record"]
