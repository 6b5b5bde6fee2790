"""Templates as they are sent: laid out for those who write them, without the margins for those who read."""

import re

from django.template import Origin
from django.template.loaders import app_directories

MARGIN = re.compile(r"\n[ \t]+")


class Loader(app_directories.Loader):
    """
    Finds the templates of the apps, and takes the margin off each line of a page.

    Lines stay lines, so that an error names the right one. What is not HTML is sent as it is written: a
    letter may be laid out by its blanks.
    """

    def get_contents(self, origin: Origin) -> str:
        contents = super().get_contents(origin)
        return MARGIN.sub("\n", contents) if str(origin.template_name).endswith(".html") else contents
