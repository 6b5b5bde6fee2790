"""
Writing a module in such a way that mutmut reaches all of it.

mutmut changes what stands in functions, and leaves decorated functions and the lines of a module alone. The
properties of a result and the rules of an app are just these. So, in the copy that is mutated, a decorated
function is decorated one line later, and a rule is made by a function and asked when somebody wants to know.
"""

from __future__ import annotations

import ast
from typing import Any

LEFT_AS_THEY_ARE = {"overload", "staticmethod", "classmethod", "setter"}
IMPORT_LATE = "from tests.mutants.late import late"
RULES = {"rules.py", "relations.py"}


def prepared(source: str, name: str) -> str:
    """Return the source of a module as mutmut is to see it."""
    tree = Undecorated().visit(ast.parse(source))
    if name in RULES:
        body = [line for statement in tree.body for line in _made_late(statement)]
        after = max(at for at, line in enumerate(body) if isinstance(line, ast.Import | ast.ImportFrom))
        tree.body = [*body[: after + 1], *ast.parse(IMPORT_LATE).body, *body[after + 1 :]]
    return ast.unparse(ast.fix_missing_locations(tree))


class Undecorated(ast.NodeTransformer):
    """Writes `def f` and `f = decorator(f)` for a decorated function of a module or a class."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> Any:
        names = {
            name.attr if isinstance(name, ast.Attribute) else getattr(name, "id", "")
            for name in node.decorator_list
        }
        if not node.decorator_list or names & LEFT_AS_THEY_ARE:
            return node
        decorated: ast.expr = ast.Name(node.name, ast.Load())
        for decorator in reversed(node.decorator_list):
            decorated = ast.Call(decorator, [decorated], [])
        node.decorator_list = []
        return [node, ast.Assign([ast.Name(node.name, ast.Store())], decorated)]


def _made_late(statement: ast.stmt) -> list[ast.stmt]:
    """Return `def make_rule()` and `rule = late(make_rule)` for a rule; over what is said at once."""
    value = getattr(statement, "value", None)
    if not isinstance(statement, ast.Assign | ast.AnnAssign) or not isinstance(value, ast.Call | ast.BinOp):
        return [statement]
    target = statement.target if isinstance(statement, ast.AnnAssign) else statement.targets[0]
    records = value if isinstance(value, ast.Call) and getattr(value.func, "attr", "") == "over" else None
    rule = ast.unparse(records.func.value if records else value)  # type: ignore[attr-defined]
    over = f".over({ast.unparse(records.args[0])})" if records else ""
    name = ast.unparse(target)
    return ast.parse(f"def make_{name}():\n    return {rule}\n{name} = late(make_{name}){over}").body
