"""The right reading of a reference, given by hand in `NAME.toml`, put over what was read.

[references.3]                     # the third entry
author = "Park, Y., & Cho, S. Y."  # any label of `Span`; the exact words of the entry, "" for none
title = "Tracing contacts"
csl = { type = "report" }          # CSL variables as they shall be
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pipeline.article import Reference, Span
from pipeline.findings import Finding, Severity
from pipeline.references.items import item_of
from pipeline.references.refine import refine


def correct(reference: Reference, number: int, correction: Mapping[str, Any]) -> tuple[Reference, list[Finding]]:
    """`reference` with the given spans in the place of those of the same label and those they overlap.

    Words that do not stand in the entry are a finding `correction-not-found`; they still go into the item if
    they are given under `csl`.
    """
    findings: list[Finding] = []
    spans = list(reference.spans)
    for label, given in correction.items():
        if label == "csl":
            continue
        spans = [span for span in spans if span.label != label]
        for words in given if isinstance(given, list) else [given]:
            start = reference.text.find(words) if words else -1
            if start >= 0:
                end = start + len(words)
                spans = [span for span in spans if span.end <= start or span.start >= end]
                spans.append(Span(label, start, end))
            elif words:
                message = f"the correction of reference {number} gives a {label} that is not in it: {words[:60]}"
                findings.append(Finding("correction-not-found", Severity.ERROR, message, line=reference.line))
    spans = [span._replace(confidence=1.0) for span in sorted(spans, key=lambda span: span.start)]
    csl = dict(correction.get("csl", {}))
    fine = refine(reference.text, spans)
    item = {"id": reference.id} | item_of(reference.text, fine, csl.get("type")) | csl
    return replace(reference, spans=fine, item=item), findings
