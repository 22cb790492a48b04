"""The figures that must hold: recorded reference output, the CSL test suite, the list of verified styles.

Lists fail both ways: where something listed gets worse and where something unlisted becomes good enough.
They are rewritten by `python -m pipeline.bibliography.conformance`.
"""

import json
from pathlib import Path

import pytest

from pipeline import resources
from pipeline.bibliography import conformance, styles
from tests.bibliography import record

PASSES = Path(__file__).parent / "suite_passes.txt"


@pytest.fixture(scope="module")
def data(shared: Path) -> Path:
    folder = shared / "citations"
    if not (folder / "reference.json").is_file():
        pytest.skip("no recorded reference output beside the checkout")
    return folder


def test_reference_styles_and_the_list_of_verified_ones(data: Path) -> None:
    scores = list(conformance.scores(data, "citeproc-py"))
    good = {score.style for score in scores if score.enough}
    listed = styles.verified() & {score.style for score in scores}
    assert good == listed, f"worse: {sorted(listed - good)}; new: {sorted(good - listed)}; run the verify command"
    assert sum(score.entries_share for score in scores) / len(scores) >= 0.99
    assert sum(score.citations_share for score in scores) / len(scores) >= 0.99
    assert [score.style for score in scores if not score.order_same] == []


@pytest.mark.skipif(bool(record.missing()), reason=f"there is no {record.missing()}")
def test_sample_of_the_styles_without_reference(data: Path, tmp_path: Path) -> None:
    """Every 350th style, recorded here and now; the verify command asks about all of them."""
    others = sorted(path.stem for path in styles.folder().glob("*.csl"))
    sample = set(others[::350]) - conformance.read_json(data / "reference.json").keys()
    items, clusters = (conformance.read_json(data / f"{name}.json") for name in ("items", "clusters"))
    written = {"items": items, "clusters": clusters, "reference": record.record(items, clusters, sample)}
    for name, value in written.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(value), "utf-8")
    good = {score.style for score in conformance.scores(tmp_path, "citeproc-py") if score.enough}
    listed = Path(resources.styles("verified.txt")).read_text("utf-8").partition(conformance.HEAD_NEARER)[0].split()
    assert good == sample & set(listed)


def test_fixtures_of_the_suite(data: Path) -> None:
    listed = set(PASSES.read_text("utf-8").split())
    good = set(conformance.passes(data))
    assert good == listed, f"worse: {sorted(listed - good)}; new: {sorted(good - listed)}; run the suite command"
    assert len(good) >= 780


def test_pandoc_on_a_style_with_a_lone_label(data: Path) -> None:
    assert conformance.compare(data, "american-medical-association", "pandoc").enough


def test_slips_of_the_reference_say_why() -> None:
    for slip in conformance.read_json(Path(conformance.__file__).parent / "reference_slips.json"):
        assert slip["why"]
        assert slip["right"]
        assert slip["style"] in styles.names()
