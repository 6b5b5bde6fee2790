from preau.kit.apps import SchoolAppConfig


class StructureConfig(SchoolAppConfig):
    name = "preau.structure"
    label = "structure"
