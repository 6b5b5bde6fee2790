"""What a school knows about people, by subject, where several apps open something of it (`kit.subjects`)."""

from django.utils.translation import gettext_lazy as _

from preau.kit.subjects import Subject

FILE = Subject("file", _("A pupil's file"), "folder", 30)
IDENTITY = Subject("identity", _("Who a pupil is"), "user", 40)
FAMILY = Subject("family", _("Addresses, telephones, rights of the adults"), "home", 50)
CLASSES = Subject("classes", _("Lists of classes and courses"), "users-group", 60)
WORKING_HERE = Subject("working here", _("Accounts, and who works here"), "id", 80)
LEAVING = Subject("leaving", _("What leaves Préau, and what is kept"), "download", 90)
