"""
What leaves by e-mail: rows written with the fact, sent by the worker. The one road of the whole house.

An app says what leaves (`letters.Letter`) in the transaction of the fact (`actions.send_later`); the worker
claims the rows, hands them to the mail server one command at a time, tries again after growing pauses, and
gives up with the server's own sentence. An address that bounces waits until somebody says that it is good.
What is said, to whom and when, is the affair of the apps above.
"""
