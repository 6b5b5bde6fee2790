"""What the apps above ask of grading."""

from .scales import level_codes, levels_by_code, levels_of, scale_by_key, scales
from .schemes import Schemes, scheme_kept, tokens, tokens_by_sign
