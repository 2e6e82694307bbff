"""The citizen's way: scan, answer, thanks."""

from __future__ import annotations

import secrets
import uuid
from datetime import UTC, date, datetime
from functools import lru_cache

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from skm_app.intake import KonflikError
from skm_app.kode import PENGADUAN_LENGTH, normalize_kode
from skm_app.models import Instalasi, Layanan, Titik, Unit
from skm_app.periode.penetapan import find_latest_terbitan
from skm_app.survey.forms import KuesionerForm, make_kuesioner_form
from skm_app.survey.page import make_isi
from skm_app.survey.perangkat import read_waktu
from skm_app.tempat import Tempat, find_tempat
from skm_app.web import csrf, current_bahasa, current_state

bp = Blueprint("survey", __name__)

# Marks in the kept empty form; random, so that no office or service can be called like them.
TOKEN_MARK, ID_MARK = secrets.token_hex(16), secrets.token_hex(16)


@bp.get("/healthz")
def show_health() -> ResponseReturnValue:
    """For monitors: does the database answer?"""
    alive = current_state().database.is_alive()
    return ({"status": "ok"}, 200) if alive else ({"status": "basis data tidak menjawab"}, 503)


@bp.get("/")
def show_front() -> ResponseReturnValue:
    """The office, its services, the latest published result."""
    with current_state().database.reading() as session:
        unit_id = session.scalar(select(Instalasi.nilai).where(Instalasi.kunci == "unit"))
        if unit_id is None:
            return render_template("survey/unset.html")
        unit = session.get_one(Unit, uuid.UUID(unit_id))
        return render_template(
            "survey/front.html",
            unit=unit,
            layanan=_list_names(session, unit),
            titik=session.scalars(
                select(Titik)
                .where(Titik.unit_id == unit.id, Titik.aktif)
                .order_by(Titik.layanan_id.is_not(None), Titik.nama)
                .limit(1)
            ).first(),
            terbitan=find_latest_terbitan(session, unit.id),
        )


def _list_names(session: Session, unit: Unit) -> list[str]:
    return list(
        session.scalars(
            select(Layanan.nama)
            .where(Layanan.unit_id == unit.id, Layanan.aktif)
            .order_by(Layanan.urutan, Layanan.nama)
        )
    )


@bp.get("/s/<kode>")
def show_form(kode: str) -> ResponseReturnValue:
    """The empty form of a titik.

    :raise 404: if there is no such titik.
    """
    tempat = get_tempat(kode)
    if not tempat.aktif:
        abort(410)
    page = empty_form(tempat, current_bahasa())
    return page.replace(TOKEN_MARK, generate_csrf()).replace(ID_MARK, str(uuid.uuid4()))


@lru_cache(maxsize=512)
def empty_form(tempat: Tempat, bahasa: str) -> str:
    """The empty form of a titik with marks for what differs per visitor.

    Laying out nine questions anew for each visitor would cost most of the server's time. A
    titik whose office, services or questionnaire change is another key.

    :param bahasa: the language of this request.
    """
    form = make_kuesioner_form(tempat)
    form.submission_id.data = ID_MARK
    return render_form(form, token=TOKEN_MARK)


# The form checks its own token: a stale page must come back with the answers still in it.
@bp.post("/s/<kode>")
@csrf.exempt  # type: ignore[untyped-decorator]  # flask-wtf has no types
def submit_form(kode: str) -> ResponseReturnValue:
    """Store one response and say thanks; anything else gives the form back, answers kept.

    :raise 404: if there is no such titik.
    """
    try:
        tempat = get_tempat(kode, _day_filled())
        form = make_kuesioner_form(tempat)
        valid = form.validate()
        if form.is_stale:
            return give_back(form, "stale", 400)
        if not tempat.aktif:
            return give_back(form, "closed", 410)
        if not valid:
            return give_back(form, "faults", 422)
        tercatat = current_state().intake.record(form.to_isian())
    except KonflikError:
        form.submission_id.data = str(uuid.uuid4())
        return give_back(form, "conflict", 409)
    except SQLAlchemyError:
        return render_busy()
    lanjut = url_for("survey.show_thanks", kode=tempat.kode, pengaduan=tercatat.kode_pengaduan)
    if wants_json():
        # The id tells our answer from that of a network that answers everything with 200.
        return {"status": "tersimpan", "id": form.submission_id.data, "lanjut": lanjut}
    return redirect(lanjut, code=303)


@bp.get("/s/<kode>/token")
def show_token(kode: str) -> ResponseReturnValue:
    """A security token, with its cookie, for a page whose own no longer fits.

    :raise 404: if there is no such titik.
    """
    get_tempat(kode)
    return {"csrf_token": generate_csrf()}


@bp.get("/s/<kode>/terima-kasih")
def show_thanks(kode: str) -> ResponseReturnValue:
    """Thanks, what happens with the answers, the follow-up code, the latest result."""
    tempat = get_tempat(kode)
    with current_state().database.reading() as session:
        return render_template(
            "survey/thanks.html",
            tempat=tempat,
            terbitan=find_latest_terbitan(session, tempat.unit_id),
            kode_pengaduan=_shown_kode(request.args.get("pengaduan", "")),
        )


def _day_filled() -> date | None:
    """The day on which a waiting form was filled: it answers that day's questionnaire."""
    now = datetime.now(UTC)
    waktu = read_waktu(request.form.get("diisi"), request.form.get("sekarang"), now)
    if waktu is None:
        return None
    return waktu.corrected(now).astimezone(current_state().settings.timezone).date()


def _shown_kode(typed: str) -> str | None:
    kode = normalize_kode(typed)
    return kode if len(kode) == PENGADUAN_LENGTH else None


def get_tempat(kode: str, day: date | None = None) -> Tempat:
    """The titik of this request.

    :param day: whose questionnaire is meant; None: today's.
    :raise 404: if there is none.
    """
    state = current_state()
    today = datetime.now(UTC).astimezone(state.settings.timezone).date()
    with state.database.read_connection() as connection:
        tempat = find_tempat(connection, kode, day or today)
    if tempat is None or not tempat.layanan:
        abort(404)
    return tempat


def render_form(form: KuesionerForm, notice: str = "", token: str | None = None) -> str:
    """The form page; ``notice`` says why it came back."""
    return render_template(
        "survey/form.html",
        form=form,
        tempat=form.tempat,
        isi=make_isi(form),
        notice=notice,
        token=token or generate_csrf(),
    )


def give_back(form: KuesionerForm, notice: str, status: int) -> ResponseReturnValue:
    """The form with its answers and the reason why it was not stored.

    The browser may keep this page for its Back button: otherwise Back from the thank-you page
    would end in the browser's own "confirm form resubmission".
    """
    if wants_json():
        isi = make_isi(form)
        faults = [*(("", fault) for fault in isi.umum_faults), *isi.faults]
        return {"status": notice, "faults": faults, "csrf_token": generate_csrf()}, status
    return render_form(form, notice), status, {"Cache-Control": "private, no-cache"}


def wants_json() -> bool:
    """Whether the page's script asks, not the browser itself."""
    return request.accept_mimetypes.best == "application/json"


def render_busy() -> ResponseReturnValue:
    """The database cannot be used now: the answers go back to the citizen, to be sent again."""
    if wants_json():
        return {"status": "busy"}, 503, {"Retry-After": "10"}
    sent = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    return render_template("survey/busy.html", sent=sent), 503, {"Retry-After": "10"}
