from preau.kit.apps import SchoolAppConfig


class GradebookConfig(SchoolAppConfig):
    name = "preau.gradebook"
    label = "gradebook"
