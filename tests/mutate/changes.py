"""Small changes of a program, each of which a test should notice."""

import ast
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

COMPARISONS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
SHOWN = 90


@dataclass(frozen=True)
class Change:
    """One change of a module: what is changed, in which function, and the number of the node in `ast.walk`.

    `line` is the first of its statement, `last` the last of it, or of what stands before its body.
    """

    path: Path
    function: str
    line: int
    last: int
    what: str
    node: int

    @property
    def key(self) -> str:
        """How `equivalent.toml` names it: it outlives changes elsewhere in the module."""
        return f"{self.function}: {self.what}"

    def rank(self, seed: int) -> str:
        """A place in an order by chance that is the same each time, whatever else is changed."""
        return hashlib.sha256(f"{seed} {self.path} {self.key}".encode()).hexdigest()

    def applied(self, source: str) -> ast.Module:
        """The module with the change made."""
        tree = ast.parse(source)
        node = next(node for number, node in enumerate(ast.walk(tree)) if number == self.node)
        changed = _changed(node)
        assert changed is not None
        _Replace(node, changed).visit(tree)
        return ast.fix_missing_locations(tree)


class _Replace(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, ast.copy_location(new, old)

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.old else self.generic_visit(node)


def changes(path: Path, source: str) -> Iterator[Change]:
    """All changes of the functions of a module; annotations are left alone."""
    tree = ast.parse(source)
    functions = dict(_functions(tree, ""))
    inside = {id(node): (name, of) for function, name in functions.items() for node, of in _code_of(function)}
    seen: Counter[str] = Counter()
    for number, node in enumerate(ast.walk(tree)):
        changed = _changed(node) if id(node) in inside else None
        if changed is not None:
            (function, of), what = inside[id(node)], f"`{_shown(node)}` now `{_shown(changed)}`"
            seen[f"{function} {what}"] += 1
            again = f" ({count})" if (count := seen[f"{function} {what}"]) > 1 else ""
            yield Change(path, function, of.lineno, _last(of), what + again, number)


def _functions(node: ast.AST, name: str) -> Iterator[tuple[ast.AST, str]]:
    """Each function with its name; inner ones come after those that hold them."""
    for child in ast.iter_child_nodes(node):
        inner = f"{name}.{child.name}".lstrip(".") if isinstance(child, (ast.FunctionDef, ast.ClassDef)) else name
        if isinstance(child, ast.FunctionDef):
            yield child, inner
        yield from _functions(child, inner)


def _code_of(function: ast.AST) -> Iterator[tuple[ast.AST, ast.stmt]]:
    """The nodes of the body of a function, each with its statement."""
    waiting: list[tuple[ast.AST, ast.stmt]] = [(node, node) for node in getattr(function, "body", [])]
    while waiting:
        node, of = waiting.pop()
        yield node, of
        for name, value in ast.iter_fields(node):
            if name not in ("annotation", "returns", "decorator_list", "type_params"):
                parts = value if isinstance(value, list) else [value]
                waiting += [
                    (part, part if isinstance(part, ast.stmt) else of) for part in parts if isinstance(part, ast.AST)
                ]


def _last(statement: ast.stmt) -> int:
    body = getattr(statement, "body", None)
    return max(statement.lineno, body[0].lineno - 1) if body else statement.end_lineno or statement.lineno


def _changed(node: ast.AST) -> ast.AST | None:
    """What stands in the place of `node` where it is changed; None where it is not."""
    match node:
        case ast.Compare(left, [operator, *others], values) if type(operator) in COMPARISONS:
            return ast.Compare(left, [COMPARISONS[type(operator)](), *others], values)
        case ast.BoolOp(operator, values):
            return ast.BoolOp(ast.Or() if isinstance(operator, ast.And) else ast.And(), values)
        case ast.UnaryOp(ast.Not(), operand):
            return operand
        case ast.BinOp(left, _, _):
            return left
        case ast.If(test, body, orelse):
            return ast.If(_not(test), body, orelse)
        case ast.While(test, body, orelse):
            return ast.While(_not(test), body, orelse)
        case ast.IfExp(test, body, orelse):
            return ast.IfExp(_not(test), body, orelse)
        case ast.comprehension(target, source, [_, *_], is_async):
            return ast.comprehension(target, source, [], is_async)
        case ast.Constant(int(value)) if type(value) is int:
            return ast.Constant(value + 1)
        case ast.Return(value) if value is not None:
            return _other(value)
        case ast.Expr(ast.Call()):
            return ast.Pass()
    return None


def _other(value: ast.expr) -> ast.Return | None:
    """A return of something else: what is false becomes true, for a caller that asks no more, and the reverse."""
    match value:
        case ast.Constant(bool(given)):
            return ast.Return(ast.Constant(not given))
        case ast.Constant(str(given)):
            return ast.Return(ast.Constant("" if given else "?"))
        case ast.Constant():
            return None
    return ast.Return(ast.Constant(None))


def _not(node: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), node)


def _shown(node: ast.AST) -> str:
    """A node in one line; of a statement with a body, its beginning."""
    text = " ".join(ast.unparse(node).partition(":\n")[0].split())
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
