from preau.kit.apps import SchoolAppConfig


class PortalConfig(SchoolAppConfig):
    name = "preau.portal"
    label = "portal"
