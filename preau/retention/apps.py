from preau.kit.apps import SchoolAppConfig


class RetentionConfig(SchoolAppConfig):
    name = "preau.retention"
    label = "retention"
