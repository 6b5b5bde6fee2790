from preau.kit.apps import SchoolAppConfig


class FilesConfig(SchoolAppConfig):
    name = "preau.files"
    label = "files"
