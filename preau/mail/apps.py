from preau.kit.apps import SchoolAppConfig


class MailConfig(SchoolAppConfig):
    name = "preau.mail"
    label = "mail"
