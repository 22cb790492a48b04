"""The moment of a deposit, and the checksums of what goes into it."""

import hashlib
import os
from datetime import UTC, datetime


def now() -> datetime:
    """The time of the deposit (UTC): SOURCE_DATE_EPOCH where it is set, else that of the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC).replace(microsecond=0)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
