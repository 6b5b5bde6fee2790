from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from preau.kit.access import opens
from preau.kit.http import Request

from ..forms import CodeForm
from ..queries.checks import checked, plain_code
from ..rules import may_check


@require_GET
@never_cache
@opens(may_check)
def check(request: Request) -> HttpResponse:
    form = CodeForm(request.GET if "code" in request.GET else None)
    code = plain_code(form.cleaned_data["code"]) if form.is_valid() else ""
    if code:
        return redirect("report_cards:check_code", code=code)
    return render(request, "report_cards/check.html", {"form": form})


@require_GET
@never_cache
@opens(may_check)
def check_code(request: Request, code: str) -> HttpResponse:
    found = checked(code)
    page = {"found": found, "asked": code[:20], "form": CodeForm()}
    return render(request, "report_cards/check.html", page, status=200 if found else 404)
