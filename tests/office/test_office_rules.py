"""The rules of an office: the national ones, and what its regency lays over them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from attrs import evolve
from office_days import SITI, Town

from adminduk import Office, plugins
from adminduk.catalogue import load
from adminduk.errors import InvalidInput

OVERLAY = """
[[instrument]]
id = "perbup"
title = "Perbup Tuban 1/2021"
about = "Uji"
number = "1"
year = 2021

[[overlay]]
office = "35.23"
service = "ktp-hilang"
from = 2021-01-01

[[overlay.add]]
paper = "kk"
why = { id = "Data dicocokkan dengan KK.", en = "The data are compared with the card." }
show = "copy"
content = "reported"
cite = [{ instrument = "perbup", article = "4", certainty = "reported" }]

[[overlay.relax]]
paper = "surat-hilang"
why = { id = "Pernyataan lisan cukup.", en = "To say so is enough." }
content = "reported"
cite = [{ instrument = "perbup", article = "5", certainty = "reported" }]
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """Give a folder with an overlay of Tuban."""
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "tuban.toml").write_text(OVERLAY, encoding="utf-8")
    return folder


class TestAnOfficeWithOverlays:
    """What the list says is what a submission is held to."""

    def test_its_list(self, rules: Path):
        """The paper that is added is needed, the one that is relaxed is not, and both say why."""
        with Office.open("memory:", "35.23", rules=rules) as office:
            todo = office.checklist("ktp-hilang", on=date(2021, 7, 12), channel="counter")
        told = {
            one.id: (one.status.value, one.reason.en, *map(str, one.cite)) for one in todo.items
        }
        assert told["kk"] == ("needed", "The data are compared with the card.", "perbup ps 4")
        assert told["surat-hilang"] == ("not_needed", "To say so is enough.", "perbup ps 5")

    def test_its_decisions(self, rules: Path):
        """A case goes by the rules of the regency: with what it adds, without what it relaxes."""
        town = Town(rules=rules)
        case = town.case("ktp-hilang")
        assert set(town.items(case)) == {"f-1-02", "kk"}
        order = town.order("ktp-hilang")
        evidence = {item: way for item, way in order.evidence.items() if item != "kk"}
        with town.refuses("checklist_incomplete") as refused:
            town.office.do(evolve(order, evidence=evidence), by=SITI)
        assert refused.value.facts["missing"] == ["kk"]

    def test_the_same_folder_is_the_same_rules(self, rules: Path):
        """Lists that were worked out for one opening serve the next."""
        one = Office.open("memory:", "35.23", rules=rules)
        other = Office.open("memory:", "35.23", rules=str(rules))
        assert one.catalogue is other.catalogue
        assert one.catalogue is not load()

    def test_another_regency(self, rules: Path):
        """An overlay is of its regency alone; all others have the national rules themselves."""
        for options in ({}, {"rules": rules}):
            with Office.open("memory:", "35.22", **options) as office:
                assert office.catalogue is load()

    def test_by_plugin(self, rules: Path, monkeypatch: pytest.MonkeyPatch):
        """What a plugin answers is laid with what the folder says."""
        monkeypatch.setattr(plugins, "overlays", lambda office: (rules,) * (office == "35.23"))
        with Office.open("memory:", "35.23") as office:
            assert "kk" in {one.id for one in office.checklist("ktp-hilang").items}
        with Office.open("memory:", "35.22") as office:
            assert office.catalogue is load()
        own = rules.with_name("own")
        own.mkdir()
        (own / "too.toml").write_text(OVERLAY, encoding="utf-8")
        with pytest.raises(InvalidInput) as caught:
            Office.open("memory:", "35.23", rules=own)
        assert {one.path for one in caught.value.faults} >= {"own/too.toml: overlay[0].add[0]"}

    def test_unsound_rules_close_the_store_again(
        self, rules: Path, monkeypatch: pytest.MonkeyPatch
    ):
        """An office whose rules cannot be read does not open with others."""
        closed = []
        storage = plugins.open_storage("memory:")
        monkeypatch.setattr(storage, "close", lambda: closed.append(True))
        monkeypatch.setattr(plugins, "open_storage", lambda _: storage)
        (rules / "more.toml").write_text("[[overlay]]\n", encoding="utf-8")
        for open_ in (Office.open, Office.init):
            with pytest.raises(InvalidInput):
                open_("memory:", "35.23", rules=rules)
        assert closed == [True, True]
