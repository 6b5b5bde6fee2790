"""Sheets on paper and in files are a part of the gradebook: whoever has the one has the other."""

from preau.kit.modules import join

join("sheets", module="gradebook")
