"""The six commands with Django models: the application, its copy, and the history."""

# mypy: disable-error-code="import-untyped, import-not-found"
# mypy: allow-subclassing-any
# (Django has no types, and may not be installed)

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.db import connection, models, transaction

from benchmarks.peer import COMMANDS, PlainCase, check_state

__all__ = ["Cases"]

_FULL: Final = 2


class Application(models.Model):
    """An application as it is now."""

    code = models.CharField(primary_key=True, max_length=12)
    version = models.IntegerField(default=1)
    state = models.CharField(max_length=20)
    region = models.CharField(max_length=13)
    submitter = models.CharField(max_length=40)
    order = models.JSONField()
    accepted = models.JSONField(default=list)
    delivery = models.JSONField(default=dict)

    class Meta:
        """Where it belongs, and how it is found."""

        app_label = "benchmarks"
        indexes: ClassVar = [models.Index(fields=["state", "region"])]


class Copy(models.Model):
    """A card as it is now."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT)
    version = models.IntegerField(default=1)
    product = models.CharField(max_length=10)
    state = models.CharField(max_length=20)
    signature = models.CharField(max_length=80, default="")
    collector = models.JSONField(default=dict)

    class Meta:
        """Where it belongs, and how it is found."""

        app_label = "benchmarks"
        indexes: ClassVar = [models.Index(fields=["state"])]


class Entry(models.Model):
    """What a command changed."""

    command = models.UUIDField(unique=True)
    application = models.ForeignKey(Application, on_delete=models.PROTECT)
    version = models.IntegerField()
    do = models.CharField(max_length=20)
    by = models.CharField(max_length=40)
    recorded = models.DateTimeField(auto_now_add=True)
    said = models.JSONField()

    class Meta:
        """Where it belongs."""

        app_label = "benchmarks"


def _note(case: Application, command: str, do: str, by: str, **said: Any) -> None:
    Entry.objects.create(
        command=command, application=case, version=case.version, do=do, by=by, said=said
    )


def _submit(case: PlainCase, command: str) -> None:
    with transaction.atomic():
        made = Application.objects.create(
            code=case.code,
            state="submitted",
            region=case.order["region"],
            submitter="siti",
            order=case.order,
        )
        _note(made, command, "submit", "siti", order=case.order)


def _verify(case: PlainCase, command: str) -> None:
    with transaction.atomic():
        found = Application.objects.get(pk=case.code)
        check_state(found.state, "submitted", found.submitter, "rini")
        found.state, found.accepted = "verified", case.accepted
        found.version += 1
        found.save()
        Copy.objects.create(application=found, product="kk", state="ordered")
        _note(found, command, "verify", "rini", accepted=case.accepted)


def _choose_delivery(case: PlainCase, command: str) -> None:
    with transaction.atomic():
        found = Application.objects.get(pk=case.code)
        check_state(found.state, "verified")
        found.delivery = {"way": "counter", "letter": case.letter}
        found.version += 1
        found.save()
        _note(found, command, "choose_delivery", "siti", **found.delivery)


def _card(case: PlainCase) -> Copy:
    cards = Copy.objects.select_related("application")
    found: Copy = cards.get(application=case.code, product="kk")
    return found


def _print(case: PlainCase, command: str) -> None:
    with transaction.atomic():
        card = _card(case)
        check_state(card.state, "ordered")
        card.state, card.signature = "at_office", "Kepala Dinas"
        card.version += 1
        card.save()
        _note(card.application, command, "print", "tono", signature=card.signature)


def _to_counter(case: PlainCase, command: str) -> None:
    with transaction.atomic():
        card = _card(case)
        check_state(card.state, "at_office")
        card.state = "at_counter"
        card.version += 1
        card.save()
        _note(card.application, command, "to_counter", "lestari")


def _hand_over(case: PlainCase, command: str) -> None:
    with transaction.atomic():
        card = _card(case)
        check_state(card.state, "at_counter")
        card.state, card.collector = "handed_over", case.collector
        card.version += 1
        card.save()
        found = card.application
        found.state = "completed"
        found.version += 1
        found.save()
        _note(found, command, "hand_over", "lestari", to=case.collector)


_COMMANDS: Final = (_submit, _verify, _choose_delivery, _print, _to_counter, _hand_over)


class Cases:
    """All cases, in the file that Django is set up for."""

    def __init__(self) -> None:
        with connection.schema_editor() as editor:
            for model in (Application, Copy, Entry):
                editor.create_model(model)

    def play(self, case: PlainCase) -> None:
        """Carry the six commands out, each durably."""
        for command, id_ in zip(_COMMANDS, case.ids, strict=True):
            command(case, id_)

    def check(self, cases: int) -> None:
        """Check that all is there, and that commits waited for the disk."""
        completed = Application.objects.filter(state="completed").count()
        entries = Entry.objects.count()
        with connection.cursor() as cursor:
            cursor.execute("pragma synchronous")
            synchronous = cursor.fetchone()[0]
        if (completed, entries, synchronous) != (cases, cases * COMMANDS, _FULL):
            raise RuntimeError(f"{completed} cases, {entries} entries, synchronous={synchronous}")

    def close(self) -> None:
        """Let go of the file."""
        connection.close()
