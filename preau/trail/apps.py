from preau.kit.apps import SchoolAppConfig


class TrailConfig(SchoolAppConfig):
    name = "preau.trail"
    label = "trail"
