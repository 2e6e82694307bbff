"""Members of staff at browsers of their own; every page they get is checked."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask
from flask.testing import FlaskClient

from skm_app.akun.pengguna import create_pengguna
from skm_app.database import Database
from skm_app.models import Pengguna
from tests.pages import Browser, Page

SANDI = "kuda lari di pantai biru"
MASUK = "/admin/masuk"


class Petugas(Browser):
    """Signs in through the form, then opens pages and fills in their forms."""

    def __init__(self, client: FlaskClient, nama: str = "") -> None:
        super().__init__(client)
        self.nama = nama

    def open(self, url: str, status: int = 200) -> Page:
        """As Browser.open; staff pages are Indonesian and their title starts with the h1."""
        page = super().open(url, status)
        if page.root.tag or page.root.children:
            assert page.root.first("html").attrs["lang"] == "id"
            assert page.title.startswith(page.h1)
        return page

    def sign_in(self, sandi: str = SANDI, url: str = MASUK, status: int = 303) -> Page:
        return self.send(self.open(url), {"nama": self.nama, "sandi": sandi}, status)

    def fill_in(self, url: str, answers: Mapping[str, str | None], status: int = 303) -> Page:
        """Send the form of a page that has these fields."""
        page = self.open(url)
        for number, form in enumerate(page.forms):
            names = {one.attrs.get("name") for one in form.element.walk()}
            if form.method == "post" and set(answers) <= names:
                return self.send(page, answers, status, form=number)
        raise AssertionError(f"{url} has no form with {sorted(answers)}")

    def press(self, url: str, action: str, status: int = 303) -> Page:
        """Press the button of a page that leads to an address."""
        page = self.open(url)
        for number, form in enumerate(page.forms):
            if form.action == action:
                return self.send(page, {}, status, form=number)
        raise AssertionError(f"{url} has no button for {action}")

    def sign_out(self) -> Page:
        return self.press("/admin/sandi", "/admin/keluar")

    def is_signed_in(self) -> bool:
        return self.client.get("/admin/ikm.json").status_code != 401


def add_pengguna(
    database: Database, nama: str, peran: str = "admin", *, sementara: bool = False
) -> Pengguna:
    with database.writing() as session:
        return create_pengguna(session, nama, peran, SANDI, sementara)


def make_petugas(app: Flask, nama: str) -> Petugas:
    """A browser in front of the sign-in form."""
    return Petugas(app.test_client(), nama)
