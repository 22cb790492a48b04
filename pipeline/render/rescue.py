"""What a typesetter refuses is found block by block and printed as plain text: no galley is lost for it."""

from collections.abc import Callable, Mapping

from pipeline.render import pandoc_ast as ast
from pipeline.render.pandoc_ast import Node, Nodes

ATTEMPTS = 60
Refused = Callable[[Nodes], str]


def without_refused(pieces: Mapping[str, Nodes], refused: Refused) -> tuple[dict[str, Nodes], list[str]]:
    """The pieces with every refused block as plain text, and what was said of each.

    `refused` gives the reason why blocks cannot be set, or an empty string where they can. It is asked
    `ATTEMPTS` times at most; what is left then is plain text.
    """
    reasons: list[str] = []
    left = [ATTEMPTS]

    def kept(blocks: Nodes) -> Nodes:
        reason = ""
        if left[0] > 0:
            left[0] -= 1
            reason = refused([ast.rewrite(block, unlinked) for block in blocks])
            if not reason:
                return blocks
            if len(blocks) > 1:
                middle = len(blocks) // 2
                return kept(blocks[:middle]) + kept(blocks[middle:])
        reasons.append(reason or "not tried")
        return [line for block in blocks for line in as_text(block)]

    return {name: kept(blocks) if blocks else blocks for name, blocks in pieces.items()}, reasons


def unlinked(node: Node) -> Nodes | None:
    """A link within the article as its words: the place it leads to may not be among the blocks that are tried."""
    return list(node["c"][1]) if node["t"] == "Link" and node["c"][2][0].startswith("#") else None


def as_text(block: Node) -> Nodes:
    lines = (" ".join(line.split()) for line in ast.text_of(block).splitlines())
    return [ast.para([ast.string(line)]) for line in lines if line]
