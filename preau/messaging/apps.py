from preau.kit.apps import SchoolAppConfig


class MessagingConfig(SchoolAppConfig):
    name = "preau.messaging"
    label = "messaging"
