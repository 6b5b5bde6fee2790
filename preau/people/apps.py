from preau.kit.apps import SchoolAppConfig


class PeopleConfig(SchoolAppConfig):
    name = "preau.people"
    label = "people"
