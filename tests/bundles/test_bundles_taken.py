"""Which files are taken: whole, unaltered, for this office, signed by whom it knows."""

from __future__ import annotations

import codecs
import json
import os
from base64 import b64encode
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from far_village import BEGUN, SITI, FarVillage, endings, imported, office_with
from hypothesis import given, settings
from hypothesis import strategies as st

from adminduk import Actor, Role, commands
from adminduk.bundles import Bundle, import_bundle
from adminduk.bundles.bundle import Head, Work, write_bundle
from adminduk.codec import Order, write_order
from adminduk.errors import InvalidInput, Refused, StorageFailure
from adminduk.scans.memory import MemoryScans
from adminduk.scans.verifying import verify_scans

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
        assert refusal(BUNDLE[:length]) == "bundle_cut"
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

    def test_at_two_offices_of_one_code(self):
        """As at one that is for training: each knows only of itself, and has all of it once."""
        one, other = office_with(), office_with()
        first, second = (imported(office, VILLAGE, BUNDLE) for office in (one, other))
        assert endings(first) == endings(second) == ["done", "done"]
        assert [each.receipt for each in first] == [each.receipt for each in second]
        assert endings(imported(one, VILLAGE, BUNDLE)) == ["repeated", "repeated"]
        for office in (one, other):
            assert len(office.journal()) == len(one.journal())
            assert office.verify().clean

    def test_by_somebody_who_was_taken_out_meanwhile(self):
        """Also of what was done before nothing is answered; it stays done."""
        office = office_with()
        imported(office, VILLAGE, BUNDLE)
        before = office.journal()
        with pytest.raises(Refused) as refused:
            import_bundle(office, Bundle.read(BytesIO(BUNDLE)), {})
        assert refused.value.code == "bundle_signer"
        assert office.journal() == before

    def test_of_a_newer_version(self):
        """What is to be done is said."""
        assert refusal(BUNDLE.replace(b"bundle 1\n", b"bundle 2\n", 1)) == "bundle_version"

    @pytest.mark.parametrize("content", [b"PK\x03\x04", b"adminduk bun", b"\n" * 100])
    def test_no_bundle(self, content: bytes):
        """Whatever it is."""
        assert refusal(content + b"\n") == "bundle"

    @pytest.mark.parametrize("form", [b"adminduk bundle x\n", b"adminduk bundle 1 \0\n"])
    def test_a_first_line_that_is_another(self, form: bytes):
        """No version is made of it."""
        assert refusal(BUNDLE.replace(b"adminduk bundle 1\n", form, 1)) == "bundle_altered"

    def test_sent_as_a_text(self):
        """By a mail that ends lines in its own way, or an editor: it is said how to send it."""
        first, rest = BUNDLE.split(b"\n", 1)
        mark = codecs.BOM_UTF8
        for content in (
            BUNDLE.replace(b"\n", b"\r\n"),
            first + b"\r\n" + rest,
            mark + BUNDLE,
            mark + BUNDLE.replace(b"\n", b"\r\n"),
        ):
            with pytest.raises(Refused) as refused:
                Bundle.read(BytesIO(content))
            assert (refused.value.code, refused.value.facts["part"]) == ("bundle_altered", "lines")
            assert "as a file" in str(refused.value)

    def test_a_pipe(self):
        """It cannot be read at several places; that is said at once."""
        end, begin = os.pipe()
        writes, reads = os.fdopen(begin, "wb"), os.fdopen(end, "rb")
        with writes, reads as pipe, pytest.raises(InvalidInput) as refused:
            Bundle.read(pipe)
        assert [one.code for one in refused.value.faults] == ["bundle_stream"]

    def test_a_file_that_cannot_be_read(self, tmp_path: Path):
        """As on a memory stick that fails, before its beginning was read or after."""
        with Path("/proc/self/mem").open("rb") as file, pytest.raises(StorageFailure) as failed:
            Bundle.read(file)
        assert failed.value.facts["url"] == "/proc/self/mem"
        (tmp_path / "a.bundle").write_bytes(BUNDLE)
        with (tmp_path / "a.bundle").open("rb", buffering=0) as file:
            bundle = Bundle.read(file)
            other = os.open(tmp_path, os.O_RDONLY)
            os.dup2(other, file.fileno())  # no folder can be read
            os.close(other)
            with pytest.raises(StorageFailure) as failed:
                bundle.check()
        assert failed.value.facts["url"].endswith("a.bundle")


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

    def resigned(self, head: bytes) -> bytes:
        """Sign another head for the same work and scans."""
        lines = b"adminduk bundle 1\n" + head + b"\n"
        rest = BUNDLE.split(b"\n", 3)[3]
        return lines + b64encode(VILLAGE.key.sign(lines)) + b"\n" + rest

    @pytest.mark.parametrize(
        "head",
        [
            b"",
            b"[]",
            b"\0" * 1000,
            b"[" * 200_000,
            b'{"by":' * 100_000 + b"1" + b"}" * 100_000,
            b'{"x":"' + b"x" * 5_000_000 + b'"}',
            b'{"x":"' + b"x" * 3_000_000 + b'"}',
        ],
        ids=["nothing", "list", "zeros", "deep", "deep objects", "too long", "long"],
    )
    def test_a_head_that_is_none(self, head: bytes):
        """However long or deep it is."""
        assert refusal(self.resigned(head)) == "bundle_altered"

    @pytest.mark.parametrize(
        "says",
        [
            {"work": {"digest": "0" * 64, "size": 10**18}},
            {"work": {"digest": "0" * 64, "size": -5}},
            {"work": {"digest": "0" * 64, "size": 10**400}},
            {"scans": [{"digest": "0" * 64, "type": "image/png", "size": 10**18}]},
            {"scans": [{"digest": "0" * 64, "type": "image/png", "size": 2**30}]},
            {"scans": [{"digest": "0" * 64, "type": "image/png", "size": -1}]},
            {"scans": [{"digest": "../../etc/passwd", "type": "image/png", "size": 5}]},
            {"by": {"id": "\x1b[2Jsiti", "role": "village_operator", "region": "35.23.08.2001"}},
            {"made": "2021-07-12T17:00:00"},
            {"made": "9999-12-31T23:59:59-14:00"},
            {"key": "ed25519:" + "A" * 43 + "="},
            {"more": True},
        ],
    )
    def test_a_head_that_says_what_cannot_be(self, says: dict[str, Any]):
        """Nothing is read by it, not even how much would follow."""
        head = json.loads(BUNDLE.split(b"\n")[1])
        assert endings(imported(office_with(), VILLAGE, self.resigned(json.dumps(head).encode())))
        assert refusal(self.resigned(json.dumps(head | says).encode())) == "bundle_altered"

    def test_a_head_that_says_something_twice(self):
        """The last holds, in all that is asked of it."""
        head = BUNDLE.split(b"\n")[1]
        assert refusal(self.resigned(head[:-1] + b',"office":"35.25"}')) == "bundle_office"
        kepala = b',"by":{"id":"kepala","role":"head_of_office","region":"35.23"}}'
        assert refusal(self.resigned(head[:-1] + kepala)) == "bundle_signer"
