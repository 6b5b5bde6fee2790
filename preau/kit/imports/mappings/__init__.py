"""Where the targets of a kind find their values in a file."""

from .places import MappingRefused, Place, Spec, check_against, fitted, from_dict, missing_needs
from .proposals import propose
from .toml_files import mapping_of, read_toml

__all__ = [
    "MappingRefused",
    "Place",
    "Spec",
    "check_against",
    "fitted",
    "from_dict",
    "mapping_of",
    "missing_needs",
    "propose",
    "read_toml",
]
