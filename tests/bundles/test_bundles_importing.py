"""Importing: safe twice, late and out of order; a conflict is shown with both sides."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from io import BytesIO
from itertools import permutations
from pathlib import Path
from threading import Barrier

import pytest
from attrs import evolve
from far_village import BEGUN, SITI, FarVillage, endings, imported, office_with

from adminduk import Actor, Person, Role, commands
from adminduk.bundles import Bundle, import_bundle, make_bundle
from adminduk.errors import Refused, StorageFailure
from adminduk.records import Shown
from adminduk.scans.memory import MemoryScans
from adminduk.testing.disk import filled, small_disk

VILLAGE = FarVillage()
BUNDLE = VILLAGE.bundle(VILLAGE.submit(), VILLAGE.submit())


class TestTwiceLateAndOutOfOrder:
    """Safe, as each command has one effect."""

    def test_twice(self):
        """The second time everything was done before, and the journal is as it was."""
        office = office_with()
        imported(office, VILLAGE, BUNDLE)
        before = office.journal()
        assert endings(imported(office, VILLAGE, BUNDLE)) == ["repeated", "repeated"]
        assert office.journal() == before

    def test_by_several_at_once(self, tmp_path: Path):
        """At two desks: each command is done at one of them, and known at the other."""
        url, folder = f"sqlite:///{tmp_path / 'tuban.db'}", (tmp_path / "scans").as_uri()
        village = FarVillage()
        bundle = village.bundle(*(village.submit() for _ in range(10)))
        start = Barrier(3, timeout=60)

        def at_a_desk(_: int) -> list[str]:
            with office_with(folder, url) as office:
                start.wait()
                return endings(imported(office, village, bundle))

        with ThreadPoolExecutor(3) as desks:
            told = list(desks.map(at_a_desk, range(3)))
        for one in zip(*told, strict=True):
            assert sorted(one) == ["done", "repeated", "repeated"]
        with office_with(folder, url) as office:
            assert office.verify().clean

    @pytest.mark.parametrize("order", list(permutations(range(3))))
    def test_out_of_order(self, order: tuple[int, ...]):
        """What comes before its time is refused, and done when it comes again after it."""
        village, office = FarVillage(), office_with()
        apply = village.submit()
        code = apply.command.application  # type: ignore[attr-defined] # a Submit
        power = Shown("scan", (village.scan(),))
        contact = village.order(commands.SetContact(application=code, phone="081234567890"), 1)
        withdraw = village.order(
            commands.Withdraw(application=code, reason="salah", authorisation=power), 2
        )
        bundles = [village.bundle(one) for one in (apply, contact, withdraw)]
        for _ in bundles:
            ends = endings(imported(office, village, *(bundles[one] for one in order)))
        assert set(ends) <= {"repeated", "not_allowed_now"}
        assert office.track(code).state == "withdrawn"
        done = {one.do for one in office.journal(code)}
        assert {"submit", "withdraw"} <= done


class TestConflicts:
    """Shown with both sides; nothing is decided in silence."""

    def test_the_same_was_applied_for_meanwhile(self):
        """At the counter, while the bundle was on its way."""
        village, office = FarVillage(), office_with()
        rina = Actor("rina", Role.DISTRICT_OPERATOR, "35.23.08")
        meanwhile = village.submit(7)
        imported(
            office, FarVillage(rina, village.key, village.scans), village.bundle(meanwhile, by=rina)
        )
        (outcome,) = imported(office, village, village.bundle(village.submit(7)))
        assert outcome.refusal is not None
        assert outcome.refusal.code == "already_open"
        (theirs,) = outcome.theirs
        assert theirs.case.code == meanwhile.command.application.full()  # type: ignore[attr-defined] # a Submit
        assert (theirs.last.do, theirs.last.by) == ("submit", "rina")
        told = outcome.as_dict("en")
        assert told["ok"] is False
        assert told["theirs"][0]["last"]["by"] == "rina"

    def test_a_code_opens_nobody_elses_case(self):
        """Whoever sends it learns what everybody learns by it, and who did what last."""
        village, office = FarVillage(), office_with()
        theirs = village.submit()
        imported(office, village, village.bundle(theirs))
        tono = Actor("tono", Role.VILLAGE_OPERATOR, "35.23.08.2002")
        other = FarVillage(tono)
        code = theirs.command.application  # type: ignore[attr-defined] # a Submit
        (outcome,) = imported(office, other, other.bundle(other.submit(5, application=code)))
        told = outcome.as_dict("en")
        assert outcome.receipt is None
        assert told["theirs"][0]["code"] == code.full()
        assert set(told["theirs"][0]["last"]) == {"do", "by", "post", "at", "recorded"}
        assert "Budi" not in str(told["theirs"])

    def test_the_case_has_gone_on(self):
        """What was sent back is answered in the village and withdrawn at the district."""
        village, office = FarVillage(), office_with()
        apply = village.submit()
        code = apply.command.application  # type: ignore[attr-defined] # a Submit
        power = Shown("scan", (village.scan(),))
        one, two = (
            village.order(
                commands.Withdraw(application=code, reason=reason, authorisation=power), hours
            )
            for hours, reason in ((1, "salah layanan"), (2, "pindah"))
        )
        imported(office, village, village.bundle(apply), village.bundle(two))
        (outcome,) = imported(office, village, village.bundle(one))
        assert outcome.refusal is not None
        assert outcome.refusal.code == "not_allowed_now"
        assert outcome.theirs[0].case.state == "withdrawn"
        assert outcome.theirs[0].last.do == "withdraw"

    def test_what_was_seen_is_past(self):
        """The paper has gone on since the village saw it: its case is shown."""
        village, office = FarVillage(), office_with()
        scanned = {"surat-hilang": Shown("scan", (village.scan(),))}
        apply = village.submit(evidence=village.shown(village.scan()) | scanned)
        code = apply.command.application.full()  # type: ignore[attr-defined] # a Submit
        take = commands.TakeIn(original=f"{code}/surat-hilang", if_version=7)
        imported(office, village, village.bundle(apply))
        (outcome,) = imported(office, village, village.bundle(village.order(take, 1)))
        assert endings([outcome]) == ["conflict"]
        assert [one.case.code for one in outcome.theirs] == [code]

    def test_an_id_that_was_used_for_something_else(self):
        """The case of the command is shown as the office has it."""
        village, office = FarVillage(), office_with()
        apply = village.submit()
        imported(office, village, village.bundle(apply))
        somebody = Person(name="Wati", nik="3523085203910002")
        other = evolve(apply, command=evolve(apply.command, applicant=somebody))
        (outcome,) = imported(office, village, village.bundle(other))
        assert endings([outcome]) == ["command_reused"]
        assert [one.case.state for one in outcome.theirs] == ["submitted"]

    def test_a_paper_is_shown_by_its_case(self):
        """Which is all that the village needs to look at."""
        village, office = FarVillage(), office_with()
        apply = village.submit()
        code = apply.command.application.full()  # type: ignore[attr-defined] # a Submit
        take = village.order(commands.TakeIn(original=f"{code}/surat-hilang"), 1)
        imported(office, village, village.bundle(apply))
        (outcome,) = imported(office, village, village.bundle(take))
        assert endings([outcome]) == ["not_allowed_now"]
        assert [one.case.code for one in outcome.theirs] == [code]

    def test_a_clock_that_was_ahead(self):
        """What is said to happen later is refused with the time here; the rest is done."""
        village, office = FarVillage(), office_with()
        ahead = village.submit(hours=24 * 365)
        file = BytesIO()
        make_bundle(
            file,
            [ahead, village.submit()],
            office="35.23",
            by=SITI,
            key=village.key,
            scans=village.scans,
            clock=lambda: BEGUN + timedelta(days=366),
        )
        outcomes = imported(office, village, file.getvalue())
        assert endings(outcomes) == ["invalid_input", "done"]
        (fault,) = outcomes[0].refusal.faults  # type: ignore[union-attr] # of bad input
        assert (fault.path, fault.code) == ("at", "in_the_future")
        assert "2021-07-13T08:00:00+07:00" in fault.message("en")
        mended = evolve(ahead, command=evolve(ahead.command, at=BEGUN))
        assert endings(imported(office, village, village.bundle(mended))) == ["done"]

    def test_one_case_holds_up_no_other(self):
        """What follows in the bundle is done."""
        village, office = FarVillage(), office_with()
        imported(office, village, village.bundle(village.submit(3)))
        ends = endings(
            imported(office, village, village.bundle(village.submit(3), village.submit()))
        )
        assert ends == ["already_open", "done"]


class AbsentLater(MemoryScans):
    """A store of scans that cannot be reached at some time."""

    away = False

    def renew(self, digest: str) -> bool:
        """Renew a file, if it can be reached."""
        if self.away:
            raise StorageFailure(url="memory:", why="away")
        return super().renew(digest)


def test_a_store_that_goes_away_ends_it():
    """It is no refusal: what is left is imported later."""
    village, scans = FarVillage(), AbsentLater()
    office, content = office_with(scans), village.bundle(village.submit(), village.submit())
    outcomes = import_bundle(office, Bundle.read(BytesIO(content)), village.signers)
    assert endings([next(outcomes)]) == ["done"]
    scans.away = True
    with pytest.raises(StorageFailure):
        next(outcomes)
    scans.away = False
    assert endings(imported(office, village, content)) == ["repeated", "done"]


def test_a_disk_that_is_full():
    """At any point: nothing is half done, and with more room all of it is gone on with."""
    village, before = FarVillage(), []
    content = village.bundle(*(village.submit() for _ in range(6)))
    with small_disk("4m") as folder:
        for room in range(4_000, 400_000, 72_000):
            place = folder / str(room)
            place.mkdir()
            url, scans = f"sqlite:///{place / 'tuban.db'}", (place / "scans").as_uri()
            with office_with(scans, url) as office:
                ballast = filled(folder, but=room)
                with suppress(StorageFailure):
                    imported(office, village, content)
                ballast.unlink()
                assert office.verify().clean
                before.append(sum(one.kind == "application" for one in office.journal()))
                ends = endings(imported(office, village, content))
                assert ends == ["repeated"] * before[-1] + ["done"] * (6 - before[-1])
                assert office.verify().clean
            shutil.rmtree(place)
    assert 0 in before
    assert any(before), "some of it found room"


def test_it_tells_how_far_it_is():
    """Scan by scan, for that takes longest."""
    told: list[int] = []
    import_bundle(office_with(), Bundle.read(BytesIO(BUNDLE)), VILLAGE.signers, told.append)
    assert told == [1, 2, 3, 4]


def test_without_a_store_of_scans_nothing_is_done():
    """What is to be named is said."""
    office = office_with()
    office._keeping.source = None
    with pytest.raises(Refused) as refused:
        import_bundle(office, Bundle.read(BytesIO(BUNDLE)), VILLAGE.signers)
    assert refused.value.code == "no_scans"
    assert not office.journal()
