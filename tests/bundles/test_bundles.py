"""Bundles: only what was signed is taken, however often and in whatever order it comes."""

from __future__ import annotations

import os
import subprocess
import sys
from base64 import b64encode
from datetime import UTC, datetime
from io import BytesIO
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from far_village import BEGUN, SITI, FarVillage, endings, imported, office_with
from hypothesis import given, settings
from hypothesis import strategies as st

from adminduk import Actor, Person, Role, commands
from adminduk.bundles import Bundle, SigningKey, import_bundle, make_bundle
from adminduk.bundles.bundle import Head, Work, write_bundle
from adminduk.codec import Order, write_order
from adminduk.errors import InvalidInput, Refused, StorageFailure
from adminduk.records import Scan, Shown
from adminduk.scans.memory import MemoryScans
from adminduk.scans.verifying import verify_scans
from adminduk.signing import is_key, is_signed
from adminduk.values import TrackingCode

VILLAGE = FarVillage()
BUNDLE = VILLAGE.bundle(VILLAGE.submit(), VILLAGE.submit())


def refusal(content: bytes, village: FarVillage = VILLAGE) -> str:
    """Give the code with which an office refuses a bundle; nothing of it has happened then."""
    office = office_with()
    with pytest.raises((Refused, InvalidInput)) as refused:
        imported(office, village, content)
    assert not office.journal()
    assert not office.scans.kept()
    error = refused.value
    return error.faults[0].code if isinstance(error, InvalidInput) else error.code


class TestWhatIsTaken:
    """Only what somebody has signed whom the office knows, whole and unaltered."""

    def test_arrives_as_it_was_made(self):
        """With its scans, which open at the office."""
        office = office_with()
        assert endings(imported(office, VILLAGE, BUNDLE)) == ["done", "done"]
        assert verify_scans(office).scans == 4
        assert verify_scans(office).clean
        assert {one.by for one in office.journal()} == {"siti"}
        assert {one.at for one in office.journal()} == {BEGUN}

    @settings(max_examples=300)
    @given(at=st.integers(0, len(BUNDLE) - 1), other=st.integers(1, 255))
    def test_no_byte_may_be_another(self, at: int, other: int):
        """Wherever it stands."""
        altered = bytearray(BUNDLE)
        altered[at] ^= other
        assert refusal(bytes(altered)) in {
            "bundle",
            "bundle_altered",
            "bundle_cut",
            "bundle_version",
        }

    def test_checking_reads_all_of_it(self):
        """Also where nothing is imported: the head, the work and the scans."""
        for at in (40, BUNDLE.index(b"kk-hilang"), len(BUNDLE) - 1):
            altered = bytearray(BUNDLE)
            altered[at] ^= 1
            with pytest.raises(Refused):
                Bundle.read(BytesIO(altered)).check()
        Bundle.read(BytesIO(BUNDLE)).check()

    def test_a_signature_is_written_in_one_way_only(self):
        """As base64 leaves four bits of its last letter unread."""
        *_, signature, _ = BUNDLE[: BUNDLE.index(b"kk-hilang")].split(b"\n")
        for letter in b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/":
            other = signature[:-3] + bytes([letter]) + b"=="
            if other != signature:
                assert refusal(BUNDLE.replace(signature, other)) == "bundle_altered"

    @given(length=st.integers(0, len(BUNDLE) - 1))
    def test_no_part_is_taken_for_the_whole(self, length: int):
        """It says how much has come, once its beginning has."""
        assert refusal(BUNDLE[:length]) in {"bundle", "bundle_cut", "bundle_version"}
        if length > len(BUNDLE) - 100:
            part = Bundle.read(BytesIO(BUNDLE[:length]))
            assert (part.come, part.size) == (length, len(BUNDLE))

    @given(more=st.binary(min_size=1, max_size=20))
    def test_nothing_may_follow(self, more: bytes):
        """Though it be signed up to there."""
        assert refusal(BUNDLE + more) == "bundle_altered"

    def test_the_rest_makes_it_whole(self):
        """Whoever has sent the first part sends the rest, and not all again."""
        part = Bundle.read(BytesIO(BUNDLE[:5000]))
        assert endings(imported(office_with(), VILLAGE, BUNDLE[:5000] + BUNDLE[part.come :]))

    def test_signed_by_another(self):
        """Whose key the office does not know, or knows as that of somebody else."""
        thief = FarVillage(scans=VILLAGE.scans)
        assert refusal(thief.bundle(VILLAGE.submit())) == "bundle_signer"
        tono = Actor("tono", Role.VILLAGE_OPERATOR, "35.23.08.2002")
        assert (
            refusal(VILLAGE.bundle(VILLAGE.submit(region=tono.region), by=tono)) == "bundle_signer"
        )

    def test_a_beginning_that_does_not_end(self):
        """There is more, so it was not cut off: it is none that anybody has signed."""
        beginning = b"adminduk bundle 1\n" + b"{" * 100 + b"\n"
        assert refusal(beginning) == "bundle_cut"
        assert refusal(beginning + b"x" * 100_000) == "bundle_altered"

    def test_for_another_office(self):
        """It is said which."""
        far = FarVillage(evolve(SITI, region="35.22.08.2001"))
        bundle = far.bundle(far.submit(), office="35.22")
        with pytest.raises(Refused) as refused:
            imported(office_with(), far, bundle)
        assert refused.value.facts == {"office": "35.22", "here": "35.23"}
        assert endings(imported(office_with(region="35.22"), far, bundle)) == ["done"]

    def test_of_a_newer_version(self):
        """What is to be done is said."""
        assert refusal(BUNDLE.replace(b"bundle 1\n", b"bundle 2\n", 1)) == "bundle_version"

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"adminduk bundl", b"\n" * 100])
    def test_no_bundle(self, content: bytes):
        """Whatever it is."""
        assert refusal(content) == "bundle"


class TestTwiceLateAndOutOfOrder:
    """Safe, as each command has one effect."""

    def test_twice(self):
        """The second time everything was done before, and the journal is as it was."""
        office = office_with()
        imported(office, VILLAGE, BUNDLE)
        before = office.journal()
        assert endings(imported(office, VILLAGE, BUNDLE)) == ["repeated", "repeated"]
        assert office.journal() == before

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

    def test_again_where_it_broke_off(self, tmp_path: Path):
        """A process that is ended in the middle of an import has done some of it, and each once."""
        url, folder = f"sqlite:///{tmp_path / 'tuban.db'}", (tmp_path / "scans").as_uri()
        village = FarVillage()
        (tmp_path / "one.bundle").write_bytes(village.bundle(*(village.submit() for _ in range(6))))
        killed = subprocess.run(
            [sys.executable, "-c", ENDED_AFTER_THREE, str(tmp_path / "one.bundle"), url, folder],
            check=False,
            cwd=Path(__file__).parent,
        )
        assert killed.returncode == 9
        office = office_with(folder, url)
        assert len(office.journal()) > 0
        ends = endings(imported(office, village, (tmp_path / "one.bundle").read_bytes()))
        assert ends == ["repeated"] * 3 + ["done"] * 3
        assert office.verify().clean
        assert verify_scans(office).scans == 12
        office.close()


ENDED_AFTER_THREE = """
import os, sys
from far_village import SITI, office_with
from adminduk.bundles import Bundle, import_bundle
file, url, scans = sys.argv[1:]
found = Bundle.read(open(file, "rb"))
outcomes = import_bundle(office_with(scans, url), found, {found.head.key: SITI})
for _ in range(3):
    next(outcomes)
os._exit(9)
"""


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

    def test_one_case_holds_up_no_other(self):
        """What follows in the bundle is done."""
        village, office = FarVillage(), office_with()
        imported(office, village, village.bundle(village.submit(3)))
        ends = endings(
            imported(office, village, village.bundle(village.submit(3), village.submit()))
        )
        assert ends == ["already_open", "done"]


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

    def test_it_is_held_to_the_rules_of_the_regency(self, tmp_path: Path):
        """Which may ask for more than the national ones."""
        (tmp_path / "perbup.toml").write_text(MORE)
        village = FarVillage()
        order, clock = village.submit(), lambda: BEGUN
        fields: dict[str, Any] = {"by": SITI, "key": village.key, "scans": village.scans}
        with pytest.raises(InvalidInput) as refused:
            make_bundle(BytesIO(), [order], office="35.23", rules=tmp_path, clock=clock, **fields)
        assert refused.value.faults[0].facts["missing"] == ["akta-lahir"]
        head = make_bundle(BytesIO(), [order], office="35.23", clock=clock, **fields)
        assert (head.office, head.made) == ("35.23", BEGUN)

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
        scans = tuple(Scan(f"{number:064x}", "image/png", 1) for number in range(40_000))
        head = Head(
            office="35.23",
            by=SITI,
            key=VILLAGE.key.public,
            made=BEGUN,
            work=Work.of(b""),
            scans=scans,
        )
        file = BytesIO()
        with pytest.raises(InvalidInput) as refused:
            write_bundle(file, head, b"", lambda _: (), VILLAGE.key)
        assert [one.code for one in refused.value.faults] == ["head_size"]
        assert not file.getvalue()
        write_bundle(file, evolve(head, scans=scans[:20_000]), b"", lambda _: (), VILLAGE.key)
        assert len(Bundle.read(file).head.scans) == 20_000


class TestWhoMeansHarm:
    """A known key does not make everything true that it signs."""

    def forged(
        self, village: FarVillage, orders: list[Order], scans: dict[str, bytes], **says: object
    ) -> bytes:
        """Sign what `make_bundle` would not."""
        work = b"".join(write_order(one) + b"\n" for one in orders)
        named = [shown.scans for one in orders for shown in one.command.evidence.values()]  # type: ignore[attr-defined] # a Submit
        head = Head(
            office="35.23",
            by=village.by,
            key=village.key.public,
            made=BEGUN,
            work=Work.of(work),
            scans=tuple(scan for of_one in named for scan in of_one),
        )
        file = BytesIO()
        write_bundle(file, evolve(head, **says), work, lambda digest: [scans[digest]], village.key)
        return file.getvalue()

    def test_a_scan_that_does_not_open(self):
        """Only the case that names it is refused, with its path."""
        village, office = FarVillage(), office_with()
        bad = b"%PDF-1.7 and then nothing that opens"
        scan = evolve(
            village.scan(), digest=MemoryScans().put(bad), type="application/pdf", size=len(bad)
        )
        shown = village.shown(scan)
        good = village.submit()
        contents = {scan.digest: bad} | {
            one.digest: b"".join(village.scans.read(one.digest)) for one in village.scans.kept()
        }
        bundle = self.forged(village, [village.submit(evidence=shown), good], contents)
        first, second = imported(office, village, bundle)
        assert second.receipt is not None
        assert isinstance(first.refusal, InvalidInput)
        assert [(one.path, one.code) for one in first.refusal.faults] == [
            ("with.evidence.f-1-02.scans.0", "scan_damaged")
        ]
        assert len(office.scans.kept()) == 4, "the others, and the card of the office"

    def test_a_command_by_somebody_else(self):
        """Whoever signs gives all of them."""
        village, office = FarVillage(), office_with()
        head = Actor("kepala", Role.HEAD_OF_OFFICE, "35.23")
        order = evolve(village.order(commands.Lift(notice="N-1")), by=head)
        work = write_order(order) + b"\n"
        made = Head(office="35.23", by=SITI, key=village.key.public, made=BEGUN, work=Work.of(work))
        file = BytesIO()
        write_bundle(file, made, work, lambda _: (), village.key)
        (outcome,) = imported(office, village, file.getvalue())
        assert outcome.order.by == SITI
        assert endings([outcome]) in (["not_permitted"], ["not_found"])

    def test_a_line_that_cannot_be_read(self):
        """By an office of another version perhaps: it is said which; none is done."""
        village = FarVillage()
        work = write_order(village.submit(evidence={})) + b"\n{}\n"
        head = Head(office="35.23", by=SITI, key=village.key.public, made=BEGUN, work=Work.of(work))
        file = BytesIO()
        write_bundle(file, head, work, lambda _: (), village.key)
        with pytest.raises(InvalidInput) as refused:
            import_bundle(office_with(), Bundle.read(file), village.signers)
        assert {one.path for one in refused.value.faults} == {
            "lines.2.id",
            "lines.2.do",
            "lines.2.with",
        }

    def test_sizes_that_cannot_be(self):
        """They are refused before anything is read by them."""
        for size in (-1, 2**40):
            with pytest.raises(InvalidInput):
                Work("0" * 64, size)


def test_a_key_is_kept_to_its_owner(tmp_path: Path):
    """It is written once, and read again; another file is none."""
    key, file = SigningKey.make(), tmp_path / "siti.pem"
    key.write(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert SigningKey.read(file).public == key.public
    with pytest.raises(FileExistsError):
        key.write(file)
    form = Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    for other in (
        b"-----BEGIN PRIVATE KEY-----\n",
        X25519PrivateKey.generate().private_bytes(*form),
    ):
        file.write_bytes(other)
        with pytest.raises(InvalidInput):
            SigningKey.read(file)


def test_no_half_key_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Where the disk is full, as this one always is."""
    file = tmp_path / "siti.pem"
    file.touch()
    full = os.open("/dev/full", os.O_RDWR)
    monkeypatch.setattr("adminduk.signing.os.open", lambda *_: full)
    with pytest.raises(OSError, match="No space"):
        SigningKey.make().write(file)
    assert not file.exists()


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


def test_it_tells_how_far_it_is():
    """Scan by scan, for that takes longest."""
    told: list[int] = []
    import_bundle(office_with(), Bundle.read(BytesIO(BUNDLE)), VILLAGE.signers, told.append)
    assert told == [1, 2, 3, 4]


def test_under_a_weak_key_nobody_signs():
    """There are some under which one signature is good for much that anybody writes."""
    signature, p = (1).to_bytes(32, "little") + bytes(32), 2**255 - 19
    own = SigningKey.make()
    assert is_key(own.public)
    for point in (
        0,
        1,
        p - 1,
        p,
        p + 1,
        *(int.from_bytes(bytes.fromhex(one), "little") for one in EIGHTH),
    ):
        for sign in (0, 1 << 255):
            key = (point | sign).to_bytes(32, "little")
            weak = Ed25519PublicKey.from_public_bytes(key)
            public = f"ed25519:{b64encode(key).decode()}"
            assert any(verifies(weak, signature, bytes([one])) for one in range(200))
            assert not is_key(public)
            with pytest.raises(ValueError, match="ed25519"):
                is_signed(public, signature, b"")


EIGHTH = (
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
)
"""Points of order eight, as they are written."""


def verifies(key: Ed25519PublicKey, signature: bytes, content: bytes) -> bool:
    """Whether a signature is good."""
    try:
        key.verify(signature, content)
    except InvalidSignature:
        return False
    return True


def test_without_a_store_of_scans_nothing_is_done():
    """What is to be named is said."""
    office = office_with()
    office._keeping.source = None
    with pytest.raises(Refused) as refused:
        import_bundle(office, Bundle.read(BytesIO(BUNDLE)), VILLAGE.signers)
    assert refused.value.code == "no_scans"
    assert not office.journal()


def test_without_what_signs():
    """It is said what to install."""
    said = subprocess.run(
        [sys.executable, "-c", WITHOUT_SIGNING], check=True, capture_output=True, text=True
    )
    assert said.stdout == "no_signing [\"pip install 'adminduk[signing]'\"]\n"


WITHOUT_SIGNING = """
import sys
sys.modules["cryptography"] = None
from adminduk.errors import Refused
try:
    import adminduk.bundles
except Refused as refused:
    print(refused.code, refused.facts["instead"])
"""


MORE = """
[[instrument]]
id = "perbup-contoh"
title = "Perbup Contoh 1/2021"
about = "Contoh"
number = "1"
year = 2021

[[overlay]]
office = "35.23"
service = "kk-hilang"
from = 2021-03-01

[[overlay.add]]
paper = "akta-lahir"
why = { id = "Contoh.", en = "An example." }
show = "original"
content = "reported"
cite = [{ instrument = "perbup-contoh", article = "7", certainty = "reported" }]
"""
"""Rules of a regency that are invented."""
