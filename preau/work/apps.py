from preau.kit.apps import SchoolAppConfig


class WorkConfig(SchoolAppConfig):
    name = "preau.work"
    label = "work"
