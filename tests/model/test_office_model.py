"""A whole office driven at random keeps its promises."""

from __future__ import annotations

from hypothesis import settings

from adminduk.testing.model import OfficeModel

OfficeModel.TestCase.settings = settings(stateful_step_count=80, max_examples=20, deadline=None)
TestOffice = OfficeModel.TestCase
