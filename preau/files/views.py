from django.http import HttpResponseBase
from django.views.decorators.http import require_safe

from preau.kit.access import reaches
from preau.kit.http import Request
from preau.kit.sensitive import sensitive_when

from .models import StoredFile
from .queries import is_of_a_sensitive_use
from .rules import may_open_file
from .serving import hand_out, hand_out_thumbnail


@require_safe
@sensitive_when(lambda request, named: is_of_a_sensitive_use(named["file_id"]))
@reaches(may_open_file, file=StoredFile)
def file(request: Request, file: StoredFile) -> HttpResponseBase:
    """Give a file to keep; `?show` opens a picture in the browser."""
    return hand_out(request, file, show="show" in request.GET)


@require_safe
@reaches(may_open_file, file=StoredFile)
def thumbnail(request: Request, file: StoredFile) -> HttpResponseBase:
    return hand_out_thumbnail(request, file)
