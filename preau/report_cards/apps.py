from preau.kit.apps import SchoolAppConfig


class ReportCardsConfig(SchoolAppConfig):
    name = "preau.report_cards"
    label = "report_cards"
