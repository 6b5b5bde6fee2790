from preau.kit.apps import SchoolAppConfig


class SheetsConfig(SchoolAppConfig):
    name = "preau.sheets"
    label = "sheets"
