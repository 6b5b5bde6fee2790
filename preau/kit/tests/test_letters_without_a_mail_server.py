"""Without a mail server the log says that a letter did not leave, and nothing of what it holds."""

from django.core.mail import EmailMessage

from preau.kit.unsent import EmailBackend


def test_the_log_holds_neither_the_code_nor_the_whole_address(caplog):
    letter = EmailMessage("A new password", "https://preau.example/key/4-secret/", to=["samira@example.org"])

    EmailBackend().send_messages([letter])

    assert "s…@example.org did not leave" in caplog.text
    assert "secret" not in caplog.text
    assert "samira" not in caplog.text
