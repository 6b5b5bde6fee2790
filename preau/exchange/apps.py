from preau.kit.apps import SchoolAppConfig


class ExchangeConfig(SchoolAppConfig):
    name = "preau.exchange"
    label = "exchange"
