"""Rules for passwords, and the ones the program makes."""

from __future__ import annotations

import math
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from argon2 import PasswordHasher

from skm_app.akun import sandi as sandi_module
from skm_app.akun.pengguna import check_sandi_rules, make_sandi
from skm_app.akun.sandi import (
    GROUP_LENGTH,
    GROUPS,
    LETTERS,
    TooBusyError,
    hash_sandi,
    needs_rehash,
    verify_sandi,
)


@pytest.mark.parametrize(
    "sandi",
    [
        "kuda lari di pantai biru",
        "abcdefgh-zqxwvk",  # 15 characters
        "Gunung-Ombak-7-Payung",
        "ёжик несёт яблоки",
        "x" * 5 + "pohon besar di tepi sungai" * 3,
    ],
)
def test_a_long_password_of_ordinary_words_is_accepted(sandi: str) -> None:
    assert check_sandi_rules(sandi, "lia") is None


@pytest.mark.parametrize(
    "sandi",
    [
        "kuda lari pant",  # 14 characters
        "palaran2026palaran2026",
        "KecamatanPalaran2026!",
        "samarinda-samarinda-1",
        "siti.aminah.siti.aminah.2026",
        "password123password123",
        "aaaaaaaaaaaaaaaaaaaa",
        "abababababababababab",
        "abcdefghijklmnopqrst",
        "123456789012345678",
        "20262026202620262026",
        "qwertyuiopasdfghjkl",
        "a" * 201,
    ],
)
def test_an_easy_or_short_password_is_refused_with_a_sentence(sandi: str) -> None:
    fault = check_sandi_rules(sandi, "siti.aminah")

    assert fault
    assert fault.endswith(".")


def test_a_made_password_is_long_enough_and_never_the_same() -> None:
    made = {make_sandi() for _ in range(50)}

    assert len(made) == 50
    assert GROUPS * GROUP_LENGTH * math.log2(len(LETTERS)) >= 70
    assert all(check_sandi_rules(sandi, "lia") is None for sandi in made)


def test_composed_and_decomposed_letters_are_the_same_password() -> None:
    stored = hash_sandi("café di tepi sungai")

    assert verify_sandi(stored, "cafe\u0301 di tepi sungai")
    assert not verify_sandi(stored, "cafe di tepi sungai")


def test_without_an_account_nothing_fits() -> None:
    assert not verify_sandi(None, "kuda lari di pantai biru")
    assert not verify_sandi("rusak", "kuda lari di pantai biru")


def test_a_hash_with_other_parameters_is_due_for_renewal() -> None:
    weak = PasswordHasher(memory_cost=1024, time_cost=1, parallelism=1).hash("apa saja")

    assert needs_rehash(weak)
    assert not needs_rehash(hash_sandi("kuda lari di pantai biru"))


def test_a_burst_of_sign_ins_is_told_to_wait_instead_of_taking_every_thread() -> None:
    with ThreadPoolExecutor(3) as pool, ExitStack() as stack:
        stack.enter_context(sandi_module._ONE_AT_A_TIME)  # one password is being checked
        waiting = [pool.submit(hash_sandi, "kuda lari di pantai biru") for _ in range(3)]
        while sandi_module._WAITING._value:
            time.sleep(0.01)
        with pytest.raises(TooBusyError):
            hash_sandi("kuda lari di pantai biru")
        stack.close()
        # Those who stood in line are served, and the line is free again.
        assert all(future.result().startswith("$argon2id$") for future in waiting)
    assert hash_sandi("kuda lari di pantai biru").startswith("$argon2id$")
