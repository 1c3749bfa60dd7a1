"""Making a bundle: what can be known in the village is said there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from far_village import BEGUN, RULES, SITI, FarVillage, endings, imported, office_with

from adminduk import Actor, Role, commands
from adminduk.bundles import Bundle, make_bundle
from adminduk.bundles.bundle import Head, Work, write_bundle
from adminduk.codec import Order
from adminduk.errors import InvalidInput
from adminduk.records import Scan, Shown
from adminduk.values import TrackingCode


class TestMaking:
    """What can be known in the village is said there."""

    def test_a_missing_paper(self):
        """Nobody travels to hear of it; nothing was written."""
        village, file = FarVillage(), BytesIO()
        orders = [village.submit(), village.submit(evidence={})]
        with pytest.raises(InvalidInput) as refused:
            make_bundle(
                file,
                orders,
                office="35.23",
                by=SITI,
                key=village.key,
                scans=village.scans,
                clock=lambda: BEGUN,
            )
        assert {(one.path, one.code) for one in refused.value.faults} == {
            ("lines.2", "checklist_incomplete")
        }
        assert not file.getvalue()

    def test_everything_is_said_at_once(self):
        """Each with its place."""
        village = FarVillage()
        at_some_time = village.submit()
        at_some_time = evolve(at_some_time, command=evolve(at_some_time.command, at=None))
        orders = [
            village.submit(application=None),
            evolve(village.submit(), by=Actor("tono", Role.VILLAGE_OPERATOR, SITI.region)),
            village.submit(evidence=village.shown(FarVillage().scan())),
            village.submit(9),
            village.submit(9),
            at_some_time,
        ]
        with pytest.raises(InvalidInput) as refused:
            village.bundle(*orders)
        assert [(one.path, one.code) for one in refused.value.faults] == [
            ("lines.1.with.application", "missing"),
            ("lines.2.by", "other_actor"),
            ("lines.6.at", "missing"),
            ("lines.3.with.evidence.f-1-02.scans.0", "scan_absent"),
            ("lines.5", "already_open"),
        ]

    def test_a_scan_that_does_not_open(self):
        """It is photographed anew, while the paper is still there."""
        village, junk = FarVillage(), b"%PDF-1.7 and nothing"
        scan = Scan(village.scans.put(junk), "application/pdf", len(junk))
        with pytest.raises(InvalidInput) as refused:
            village.bundle(village.submit(evidence=village.shown(scan)))
        assert [one.code for one in refused.value.faults] == ["scan_absent"]

    @pytest.mark.parametrize("other", [{"size": 7}, {"type": "image/jpeg"}])
    def test_a_scan_that_is_not_what_the_command_says(self, other: dict[str, Any]):
        """The office would look for it in vain."""
        village = FarVillage()
        scan = evolve(village.scan(), **other)
        with pytest.raises(InvalidInput) as refused:
            village.bundle(village.submit(evidence=village.shown(scan)))
        assert [one.code for one in refused.value.faults] == ["scan_absent"]

    def test_without_a_store_of_scans(self):
        """What names none is brought; of what names one it is said."""
        village, code = FarVillage(), "K7M2Q9XD4H-T"
        file = BytesIO()

        def make(*orders: Order) -> None:
            clock = datetime.now(UTC)
            make_bundle(file, orders, office="35.23", by=SITI, key=village.key, clock=lambda: clock)

        make(village.order(commands.SetContact(application=code, phone="081234567890")))
        assert endings(imported(office_with(), village, file.getvalue())) == ["not_found"]
        with pytest.raises(InvalidInput) as refused:
            make(village.submit())
        assert {one.code for one in refused.value.faults} == {"scan_absent"}

    def test_it_is_held_to_the_rules_of_the_regency(self):
        """Which may ask for more than the national ones."""
        village = FarVillage()
        with pytest.raises(InvalidInput) as refused:
            village.bundle(village.submit(), rules=RULES)
        assert refused.value.faults[0].facts["missing"] == ["akta-lahir"]
        head = Bundle.read(BytesIO(village.bundle(village.submit()))).head
        assert (head.office, head.made) == ("35.23", BEGUN + timedelta(hours=9))

    def test_the_office_has_other_rules(self):
        """It is refused, and known that the village would have said so by the same rules."""
        village = FarVillage()
        shown = village.shown(village.scan()) | {"akta-lahir": Shown("scan", (village.scan(),))}
        more, less = village.submit(evidence=shown), village.submit()
        for bundle, rules, codes in (
            (village.bundle(less), RULES, {"checklist_incomplete"}),
            (village.bundle(more, rules=RULES), None, {"unknown_item"}),
        ):
            (outcome,) = imported(office_with(rules=rules), village, bundle)
            faults = getattr(outcome.refusal, "faults", [outcome.refusal])
            assert {one.code for one in faults} == codes
            assert outcome.by_other_rules
        office = office_with()
        _, again = imported(office, village, *(village.bundle(village.submit(9)) for _ in range(2)))
        assert endings([again]) == ["already_open"]
        assert not again.by_other_rules

    def test_the_rules_have_changed_meanwhile(self, tmp_path: Path):
        """What was applied for before keeps those of its day."""
        later = (RULES / "perbup.toml").read_text().replace("2021-03-01", "2021-07-13")
        (tmp_path / "perbup.toml").write_text(later)
        village, office = FarVillage(), office_with(rules=tmp_path)
        assert endings(imported(office, village, village.bundle(village.submit()))) == ["done"]

    def test_a_clock_that_was_far_behind(self):
        """No rule is known for such a day; it is said how to mend it."""
        village = FarVillage()
        with pytest.raises(InvalidInput) as refused:
            village.bundle(village.submit(hours=-24 * 365 * 21))
        assert [one.code for one in refused.value.faults] == ["no_rule_in_force"]
        assert "--clock" in str(refused.value)

    def test_an_applicant(self):
        """Brings a bundle where the office has let applicants submit; else the office says so."""
        budi = Actor("budi", Role.APPLICANT, SITI.region)
        own = FarVillage(budi)
        scans = {one: Shown("scan", (own.scan(),)) for one in ("f-1-02", "ktp-el", "surat-hilang")}
        bundle = own.bundle(own.submit(evidence=scans))
        with pytest.raises(InvalidInput) as refused:
            own.bundle(own.submit(evidence={}))
        assert [one.code for one in refused.value.faults] == ["checklist_incomplete"]
        closed, open_ = office_with(), office_with()
        allow = commands.ChangeSettings(applicants_submit=True)
        open_.do(allow, by=Actor("kepala", Role.HEAD_OF_OFFICE, "35.23"))
        assert endings(imported(closed, own, bundle)) == ["applicants_do_not_submit"]
        assert endings(imported(open_, own, bundle)) == ["done"]

    def test_the_same_once_more(self):
        """Refused, for most often it is by mistake; and said what to do if the first has ended."""
        village, office = FarVillage(), office_with()
        first, second = village.submit(4), village.submit(4, hours=8)
        with pytest.raises(InvalidInput) as refused:
            village.bundle(first, second)
        assert "without its lines" in str(refused.value)
        imported(office, village, village.bundle(first))
        rejected = commands.Reject(
            application=first.command.application,  # type: ignore[attr-defined] # a Submit
            ground="palsu",
            approved_by=Actor("kepala", Role.HEAD_OF_OFFICE, "35.23"),
        )
        office.do(rejected, by=Actor("dewi", Role.REGISTRY_OPERATOR, "35.23"))
        assert endings(imported(office, village, village.bundle(second))) == ["done"]

    def test_a_village_that_is_none(self):
        """That is known without the office."""
        nowhere = FarVillage(evolve(SITI, region="35.23.08.2999"))
        with pytest.raises(InvalidInput) as refused:
            nowhere.bundle(nowhere.submit())
        assert [one.code for one in refused.value.faults] == ["not_found"]

    def test_what_only_the_office_knows_is_left_to_it(self):
        """As whether a document is at the village."""
        village = FarVillage()
        collect = village.order(commands.Confirm(copy="K7M2Q9XD4H-T/1"))
        outcomes = imported(office_with(), village, village.bundle(collect))
        assert endings(outcomes) == ["not_found"]

    def test_what_the_office_has_done_meanwhile_is_left_to_it(self):
        """The first bundle is in the second once more, with the answer to what was sent back."""
        village, office = FarVillage(), office_with()
        apply = village.submit()
        code = apply.command.application  # type: ignore[attr-defined] # a Submit
        imported(office, village, village.bundle(apply))
        dewi = Actor("dewi", Role.REGISTRY_OPERATOR, "35.23")
        back = commands.Return(
            application=code, faults={"f-1-02": "buram"}, accepted=("surat-hilang", "ktp-el")
        )
        office.do(back, by=dewi)
        shown = {"f-1-02": Shown("scan", (village.scan(),))}
        answer = village.order(commands.Answer(application=code, evidence=shown), 1)
        again = imported(office, village, village.bundle(apply, answer))
        assert endings(again) == ["repeated", "done"]

    def test_of_a_draft_that_went_before(self):
        """It is in the bundle once more; else it seems that papers are missing, and it is said."""
        village, office = FarVillage(), office_with()
        submit = village.submit(hours=1)
        whole = submit.command
        assert isinstance(whole, commands.Submit)
        draft = village.order(
            commands.Draft(
                **{
                    name: getattr(whole, name)
                    for name in (
                        "application",
                        "region",
                        "services",
                        "applicant",
                        "people",
                        "evidence",
                    )
                }
            )
        )
        submit = evolve(submit, command=evolve(whole, evidence={}))
        imported(office, village, village.bundle(draft))
        with pytest.raises(InvalidInput) as refused:
            village.bundle(submit)
        assert "line that drafted" in str(refused.value)
        again = imported(office, village, village.bundle(draft, submit))
        assert endings(again) == ["repeated", "done"]

    def test_of_a_draft_of_somebody_else(self):
        """That is not known in the village, and left to the office."""
        village = FarVillage()
        only = commands.Submit(application=TrackingCode.parse("K7M2Q9XD4H-T"))
        bundle = village.bundle(village.order(only))
        assert endings(imported(office_with(), village, bundle)) == ["not_found"]

    def test_an_id_that_says_two_things(self):
        """The second would never be done."""
        village = FarVillage()
        one, two = village.submit(), village.submit()
        two = evolve(two, command=evolve(two.command, id=one.command.id))
        with pytest.raises(InvalidInput) as refused:
            village.bundle(one, two)
        assert [(one.path, one.code) for one in refused.value.faults] == [
            ("lines.2", "command_reused")
        ]

    def test_more_scans_than_can_be_read(self):
        """Two bundles are made of it; none is written that nobody can read."""
        village = FarVillage()
        scans = tuple(Scan(f"{number:064x}", "image/png", 1) for number in range(40_000))
        head = Head(
            office="35.23",
            by=SITI,
            key=village.key.public,
            made=BEGUN,
            work=Work.of(b""),
            scans=scans,
        )
        file = BytesIO()
        with pytest.raises(InvalidInput) as refused:
            write_bundle(file, head, b"", lambda _: (), village.key)
        assert [one.code for one in refused.value.faults] == ["head_size"]
        assert not file.getvalue()
        write_bundle(file, evolve(head, scans=scans[:20_000]), b"", lambda _: (), village.key)
        assert len(Bundle.read(file).head.scans) == 20_000
