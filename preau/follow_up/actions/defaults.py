"""What a new school starts with."""

from ..fwb import MEASURES
from ..models import Measure


def adopt_measures() -> None:
    """Give the school the measures of `fwb.py` where it has none."""
    if not Measure.objects.exists():
        Measure.objects.bulk_create(
            Measure(code=code, label=label, is_about_tests=is_about_tests, rank=10 * rank)
            for rank, (code, label, is_about_tests) in enumerate(MEASURES, start=1)
        )
