"""`python -m tests.licences`: each dependency of the package, its version and its licence."""

import re
from importlib import metadata

PACKAGE = "jats-pipeline"


def main() -> None:
    for name in sorted(dependencies(PACKAGE), key=str.casefold):
        print(f"{name} {metadata.version(name)}: {licence(name)}")


def dependencies(name: str) -> set[str]:
    """The distributions that `name` needs at run time, theirs included."""
    found: set[str] = set()
    left = [name]
    while left:
        for line in metadata.requires(left.pop()) or ():
            match = re.match(r"[\w.-]+", line)
            needed = re.sub(r"[-_.]+", "-", match[0]).lower() if match else ""
            if not needed or "extra ==" in line or needed in found:
                continue
            try:
                metadata.version(needed)
            except metadata.PackageNotFoundError:  # of another system
                continue
            found.add(needed)
            left.append(needed)
    return found


def licence(name: str) -> str:
    """The licence that a distribution names: its expression, its classifiers, or what it wrote."""
    facts = metadata.metadata(name)
    classified = [line.rpartition(" :: ")[2] for line in facts.get_all("Classifier", []) if line.startswith("License")]
    written = (facts.get("License") or "").strip().splitlines()
    return facts.get("License-Expression") or ", ".join(classified) or (written[0] if written else "none named")


if __name__ == "__main__":
    main()
