"""The tagger: a linear-chain CRF over the tokens of a reference string."""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.article import Span
from pipeline.errors import MissingPart
from pipeline.references.features import features
from pipeline.references.labels import PEOPLE, decode

if TYPE_CHECKING:
    from pycrfsuite import Tagger

MODEL = Path(__file__).with_name("references.crfsuite")
LONGEST = 5_000
_SHORTENED = re.compile(r"(?:[^.]*\..*|[^,.]*,\s?)(?<![^\W\d_])[^\W\d_]|.*\b(?:al|[JS]r)", re.DOTALL)


@cache
def load(path: Path = MODEL) -> "Tagger":
    """The model, opened at its first use.

    Raises MissingPart: the model file or python-crfsuite is not there.
    """
    try:
        from pycrfsuite import Tagger
    except ImportError:
        raise MissingPart("python-crfsuite is not installed; run: pip install python-crfsuite") from None
    if not path.is_file():
        raise MissingPart("the reference model is missing; run: make train DATA=FILE.jsonl, or install again")
    tagger = Tagger()
    tagger.open(str(path))
    return tagger


def tag(text: str, model: Path = MODEL) -> tuple[Span, ...]:
    """Flat labelled spans of one reference string, in order, without overlap, with confidences from 0 to 1.

    A string longer than `LONGEST` characters is no reference and has no spans; time is linear in the length.
    """
    if not text.strip() or len(text) > LONGEST:
        return ()
    items, starts, ends = features(text)
    tagger = load(model)
    tagger.set(items)
    spans = decode(tagger.tag(), tagger.marginal, starts, ends)
    return tuple(_with_stop(text, span) if span.label in PEOPLE else span for span in spans)


def _with_stop(text: str, span: Span) -> Span:
    """Persons with the stop that ends their last initial (where others have one), `et al.` or `Jr.`."""
    stopped = text.startswith(".", span.end) and _SHORTENED.fullmatch(text, span.start, span.end)
    return span._replace(end=span.end + 1) if stopped else span
