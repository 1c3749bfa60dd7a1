"""The dialogue of the command line, and what it leaves to take home."""

from __future__ import annotations

import shlex
import subprocess

import pytest
from cli_running import PROGRAM, Desk, not_translated, too_wide

DAY = ("--on", "2021-10-04")


def talk(*services: str, answers: str, language: str = "en"):
    """Hold a dialogue; each word of the answers is a line."""
    lines = "".join(f"{answer}\n" for answer in answers.split()).encode()
    return Desk(language=language).run("interview", *services, *DAY, stdin=lines)


def page(out: str) -> list[str]:
    """Give the page at the end."""
    return out.partition("What to bring for: ")[2].splitlines()


def test_it_asks_until_the_list_is_final():
    """The answers may be numbers of what is offered."""
    done = talk("akta-lahir", answers="1 1 1")
    assert done.code == 0
    assert page(done.out)[0] == "birth certificate"
    told = " ".join(page(done.out))
    assert "1. form for reporting a civil event, F-2.01 (the original, to be scanned). It " in told
    assert "2. letter of birth (the original, to be scanned)" in told
    assert page(done.out)[-1] == "Everything is free. By the rules of 2021-10-04."


def test_answers_in_words():
    """Yes and no in both languages, numbers as they are."""
    done = talk("ktp-baru", answers="self 16 tidak")
    assert "This is not for your case:" in done.out
    assert talk("ktp-baru", answers="self 16 yes").out.count("first identity card") == 1


def test_an_answer_that_is_none_is_asked_for_again():
    """Saying what would be one."""
    done = talk("ktp-baru", answers="7 1 often 17")
    assert "Type the number before one of them." in done.out
    assert "Type a whole number from 0." in done.out
    assert done.code == 0
    assert "1. form for registering a population event, F-1.02" in done.out


def test_back_to_the_question_before():
    """Also from the first one, which is then asked again."""
    done = talk("ktp-baru", answers="< 1 < 1 30")
    assert done.code == 0
    assert "This is not for your case" not in done.out


def test_where_nothing_can_be_read():
    """Standard input was closed, as a service may be started: nobody answers."""
    script = f"{shlex.quote(str(PROGRAM))} --lang en interview ktp-baru <&-"
    done = subprocess.run(["/bin/sh", "-c", script], capture_output=True, check=False, timeout=60)
    assert done.returncode == 1
    assert b"Go on where you stopped:" in done.stdout
    assert done.stderr == b""


def test_it_goes_on_by_the_rules_of_the_regency():
    """The command to go on with names them, too."""
    rules = ("--office", "memory:#14.03", "--rules", "examples/overlays/bengkalis")
    done = Desk(language="en").run(*rules, "interview", "ktp-hilang", *DAY)
    assert done.code == 1
    resumed = done.out.splitlines()[-1]
    assert "--rules examples/overlays/bengkalis interview ktp-hilang" in resumed


def test_a_service_named_twice():
    """It is one."""
    assert page(talk("ktp-baru", "ktp-baru", answers="1 30").out)[0] == "first identity card"


def test_two_answers_to_one_question():
    """Neither is taken for the other; the same one may be said twice."""
    known = ("--fact", "holder_age=30", "--fact", "applicant_relation=self", "--fact")
    for asked in ("interview", "checklist"):
        run = Desk(language="en").run
        refused = run(asked, "ktp-baru", *DAY, *known, "holder_age=16", "--json")
        assert refused.code == 1
        assert '"facts.holder_age"' in refused.err
        assert run(asked, "ktp-baru", *DAY, *known, "holder_age=30", "--json").code == 0


def test_what_is_not_known_is_named_on_the_page():
    """Papers that may be needed are told apart from those that are."""
    done = talk("kk-hilang", answers="? ? ?")
    assert done.code == 0
    assert "Perhaps also, depending on what is not known yet:" in done.out
    assert "- permanent stay permit (KITAP)" in done.out


def test_it_can_be_gone_on_with_where_it_stopped():
    """The command is printed in one piece; it knows all that was said."""
    stopped = talk("akta-lahir", "kia-baru-0-5", answers="1")
    assert stopped.code == 1
    (line,) = [one for one in stopped.out.splitlines() if one.startswith("  adminduk ")]
    words = line.split()[1:]
    assert "akta-lahir kia-baru-0-5 --channel village --on 2021-10-04" in line
    resumed = Desk().run(*words, stdin=b"1\n" * 9)
    assert resumed.code == 0
    assert resumed.out.count("? where you do not know") == 1
    assert "What to bring for: birth certificate, first child identity card" in resumed.out


def test_nothing_is_asked_where_nothing_is_open():
    """The page alone is printed."""
    done = Desk().run(
        "interview", "ktp-hilang", *DAY, "--fact", "applicant_relation=self", stdin=b""
    )
    assert (done.code, ">" in done.out) == (0, False)
    assert (
        "2. police letter of loss (the original, to be scanned / handed in; the original"
        in done.out
    )


def test_for_programs():
    """The next question with its answers, and the list so far; nobody is asked."""
    first = Desk().run("interview", "ktp-baru", *DAY, "--json").json
    assert first["ask"]["fact"] == "applicant_relation"
    assert first["ask"]["answers"] == ["self", "family", "other"]
    assert first["final"] is False
    known = ("--fact", "applicant_relation=self", "--fact", "holder_age=30")
    last = Desk().run("interview", "ktp-baru", *DAY, *known, "--json").json
    assert last["ask"] is None
    assert last["final"] is True


@pytest.mark.usefixtures("marked")
def test_in_the_chosen_language():
    """Everything that is printed, within a line."""
    done = talk("kk-hilang", "ktp-baru", answers="x ? 17 ? ? ? ?", language="id")
    assert not_translated(done.out) == []
    assert too_wide(done.out) == []
