"""
Long work: asked for by somebody, done aside, followed on one page, ended with a result or a sentence.

An app declares its long work in its `tasks.py` (`declared.long_work`), orders it in an action
(`actions.order`), has it started by a view (`tasks.start`), and does it in `actions.carry_out`,
which keeps how far it is.
"""
