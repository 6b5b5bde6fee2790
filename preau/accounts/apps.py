from preau.kit.apps import SchoolAppConfig


class AccountsConfig(SchoolAppConfig):
    name = "preau.accounts"
    label = "accounts"
