"""
One way to tell people that something is new for them.

An app declares its kinds of notice (`kinds`) and tells (`actions.tell`) in the transaction of the fact. A
*notice* is about one record; its *receipts* say whom it reaches, from when, and whether they opened it. What
a notice leads to, and who may read that, stay the affair of the app that tells.
"""
