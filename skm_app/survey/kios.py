"""The kiosk's side of the web: the page, what it asks, pairing, and taking in its queue."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from skm_app.intake import Isian, IsianError, KonflikError, WaktuIsi
from skm_app.intake.isian import clean_saran
from skm_app.kios import KiosError, find_kios, pair_kios
from skm_app.models import IsianTerputus, Kios
from skm_app.profil import (
    Profil,
    parse_jenis_kelamin,
    parse_pekerjaan,
    parse_pendidikan,
    parse_usia,
)
from skm_app.results import get_instrumen
from skm_app.survey.kios_isi import (
    KERANGKA,
    MIMETYPES,
    STATIC,
    kios_versi,
    list_berkas,
    make_isi,
)
from skm_app.survey.perangkat import (
    read_instant,
    read_kode_pengaduan,
    read_lama,
    read_selisih,
)
from skm_app.survey.views import bp, get_tempat
from skm_app.tempat import PilihanLayanan, Tempat, find_tempat
from skm_app.web import csrf, current_state
from skm_app.web.percobaan import Percobaan, clear_attempts, may_try

MAX_BATCH = 20
MAX_MENUNGGU = 1_000_000
TERLALU_SERING = "Terlalu banyak kode yang salah. Tunggu 15 menit, lalu minta kode baru ke admin."
IMMUTABLE = "public, max-age=31536000, immutable"


@dataclass(frozen=True, kw_only=True)
class Kiriman:
    """What a tablet sends: its clock, how many wait, forms given up, and responses."""

    sekarang: datetime | None
    menunggu: int
    terputus: list[Mapping[str, Any]]
    isian: list[Mapping[str, Any]]


@bp.get("/kios/<kode>")
def show_kios(kode: str) -> ResponseReturnValue:
    """The kiosk's page: the same for every titik and visitor, so that the tablet can keep it.

    :raise 404: if there is no such titik.
    """
    get_tempat(kode)
    return _render_kerangka()


@bp.get("/kios/<kode>/isi.json")
def show_isi(kode: str) -> ResponseReturnValue:
    """What the kiosk of a titik asks, in both languages."""
    return make_isi(get_tempat(kode))


@bp.get("/kios/<kode>/manifest.webmanifest")
def show_manifest(kode: str) -> ResponseReturnValue:
    """How the kiosk stands on the tablet's home screen: full screen, opening this titik."""
    tempat = get_tempat(kode)
    manifest = {
        "name": f"Kios SKM {tempat.kantor}",
        "short_name": "Kios SKM",
        "lang": "id",
        "id": f"/kios/{tempat.kode}",
        "start_url": f"/kios/{tempat.kode}",
        "scope": "/kios/",
        "display": "fullscreen",
        "background_color": "#ffffff",
        "theme_color": "#0b5563",
        "icons": [
            {
                "src": f"/kios/berkas/{kios_versi()}/ikon.svg",
                "sizes": "any",
                "type": "image/svg+xml",
                "purpose": purpose,
            }
            for purpose in ("any", "maskable")
        ],
    }
    return manifest, {"Content-Type": "application/manifest+json"}


@bp.get("/kios/sw.js")
def show_service_worker() -> ResponseReturnValue:
    """The part that starts the kiosk with no network; a new version of any file changes it."""
    berkas = [f"/kios/berkas/{kios_versi()}/{nama}" for nama in (*list_berkas(), KERANGKA)]
    script = render_template("kios/sw.js", versi=kios_versi(), berkas=berkas)
    return Response(script, mimetype="text/javascript")


@bp.get("/kios/berkas/<versi>/<nama>")
def show_berkas(versi: str, nama: str) -> ResponseReturnValue:
    """A file of one version of the kiosk; versions never mix on a tablet.

    :raise 404: if the version is another than the one that runs here.
    """
    if versi != kios_versi():
        abort(404)
    if nama == KERANGKA:
        response = Response(_render_kerangka())
    elif nama in list_berkas():
        path = STATIC / nama
        response = Response(path.read_bytes(), mimetype=MIMETYPES[path.suffix])
    else:
        abort(404)
    response.headers["Cache-Control"] = IMMUTABLE
    # Tells our file from that of a network that answers everything with its own page.
    response.headers["X-Kios-Versi"] = versi
    return response


# A tablet proves itself by its pairing code and then its token, never by a cookie, so no other
# site can make it send anything.
@bp.post("/kios/<kode>/pasang")
@csrf.exempt  # type: ignore[untyped-decorator]  # flask-wtf has no types
def pair(kode: str) -> ResponseReturnValue:
    """Exchange a pairing code for a token; whoever guesses codes is made to wait."""
    tempat = get_tempat(kode)
    typed = (_read_json() or {}).get("kode")
    now = datetime.now(UTC)
    state = current_state()
    percobaan = Percobaan.of(
        state.settings.secret_key, f"kios/{tempat.kode}", request.remote_addr or "", now
    )
    if not may_try(state.database, percobaan, now):
        return {"status": "salah", "pesan": TERLALU_SERING}, 429
    try:
        with state.database.writing() as session:
            pasangan = pair_kios(session, tempat.titik_id, _text(typed) or "", now)
            clear_attempts(session, percobaan)
    except KiosError as error:
        return {"status": "salah", "pesan": str(error)}, 422
    return {
        "status": "terpasang",
        "token": pasangan.token,
        "nama": pasangan.nama,
        "pin": pasangan.pin,
        "sekarang": datetime.now(UTC).isoformat(),
    }


@bp.post("/kios/<kode>/kirim")
@csrf.exempt  # type: ignore[untyped-decorator]  # flask-wtf has no types
def receive(kode: str) -> ResponseReturnValue:
    """Take in a batch of a tablet's queue; each response is answered on its own.

    Answers 401 to a revoked or unknown tablet: it keeps its queue and says so to the operator.
    A closed titik still takes in what was answered there.
    """
    tempat = _get_tempat_of_queue(kode)
    body = _read_json()
    now = datetime.now(UTC)
    with current_state().database.writing() as session:
        kios = find_kios(session, tempat.titik_id, _bearer())
        if kios is None or kios.dicabut:
            return {"status": "dicabut" if kios else "tidak-dikenal"}, 401
        if body is None:
            return {"status": "salah", "pesan": "Kiriman tidak dapat dibaca."}, 400
        kiriman = _read_kiriman(body)
        _note_contact(session, kios, kiriman, now)
        terputus = _count_terputus(session, kios, kiriman, now)
    hasil = [_record(tempat, kios.id, one) for one in kiriman.isian[:MAX_BATCH]]
    sekarang = datetime.now(UTC).isoformat()
    # The PIN may have been changed since the tablet was paired.
    return {
        "status": "ok",
        "sekarang": sekarang,
        "hasil": hasil,
        "terputus": terputus,
        "pin": kios.pin,
    }


def _render_kerangka() -> str:
    return render_template("kios/kios.html", versi=kios_versi())


def _get_tempat_of_queue(kode: str) -> Tempat:
    """As get_tempat, also where nothing is asked any more: the answers were given before.

    :raise 404: if there is no such titik.
    """
    state = current_state()
    today = datetime.now(UTC).astimezone(state.settings.timezone).date()
    with state.database.read_connection() as connection:
        tempat = find_tempat(connection, kode, today)
    return tempat or abort(404)


def _read_json() -> Mapping[str, Any] | None:
    try:
        body = request.get_json(silent=True)
    except RecursionError:
        return None
    return body if isinstance(body, dict) else None


def _bearer() -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme == "Bearer" else ""


def _read_kiriman(body: Mapping[str, Any]) -> Kiriman:
    return Kiriman(
        sekarang=read_instant(body.get("sekarang")),
        menunggu=_count(body.get("menunggu")),
        terputus=_dicts(body.get("terputus")),
        isian=_dicts(body.get("isian")),
    )


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        return 0
    return value if 0 <= value < MAX_MENUNGGU else 0


def _dicts(value: object) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _note_contact(session: Session, kios: Kios, kiriman: Kiriman, now: datetime) -> None:
    kios.kontak_terakhir = now
    kios.menunggu = kiriman.menunggu
    if kiriman.sekarang is not None:
        # A clock too far off to be stored tells nothing but that it is off.
        selisih = read_selisih((now - kiriman.sekarang).total_seconds())
        kios.selisih_detik = None if selisih is None else round(selisih.total_seconds())


def _count_terputus(session: Session, kios: Kios, kiriman: Kiriman, now: datetime) -> list[str]:
    """Count forms given up; the same one reported twice counts once.

    :return: the ids that are counted now and need not be reported again.
    """
    state = current_state()
    insert = state.database.insert(IsianTerputus)
    counted: list[str] = []
    for one in kiriman.terputus[:MAX_BATCH]:
        key = _uuid(one.get("id"))
        if key is None:
            continue
        waktu = _read_waktu(one)
        day = (waktu.corrected(now) if waktu else now).astimezone(state.settings.timezone).date()
        row = insert.values(id=key, kios_id=kios.id, tanggal=day, jumlah=1)
        session.execute(row.on_conflict_do_nothing(index_elements=["id"]))
        counted.append(str(one["id"]))
    return counted


def _record(tempat: Tempat, kios_id: uuid.UUID, one: Mapping[str, Any]) -> dict[str, str]:
    """Store one response of a tablet; says what became of it, never raises for its content."""
    key = str(one.get("id"))
    try:
        current_state().intake.record(_make_isian(tempat, kios_id, one))
    except KonflikError:
        pesan = "Isian ini sudah tersimpan dengan isi lain."
        return {"id": key, "status": "bentrok", "pesan": pesan}
    except (DataError, IntegrityError):
        return {"id": key, "status": "salah", "pesan": "Isian ini tidak dapat disimpan."}
    except SQLAlchemyError as error:
        # Nothing is known about this one: the tablet keeps it, and goes on with the others.
        current_app.logger.error("Database error on %s: %s", key[:40], type(error).__name__)
        return {"id": key, "status": "nanti", "pesan": "Basis data sedang sibuk."}
    except (IsianError, ValueError, LookupError) as error:
        return {"id": key, "status": "salah", "pesan": str(error)}
    return {"id": key, "status": "tersimpan"}


def _make_isian(tempat: Tempat, kios_id: uuid.UUID, one: Mapping[str, Any]) -> Isian:
    """:raise ValueError: (or IsianError, LookupError) saying what cannot be stored."""
    key = _uuid(one.get("id"))
    if key is None:
        raise IsianError("Tanda pengenal isian rusak.")
    nilai, profil = one.get("nilai"), one.get("profil")
    if not isinstance(nilai, dict) or not isinstance(profil, dict):
        raise IsianError("Isian tidak lengkap.")
    # Stored under the questionnaire that was answered, even if another is asked by now.
    with current_state().database.read_connection() as connection:
        instrumen = get_instrumen(connection, _key(one.get("instrumen")))
    saran = clean_saran(_text(one.get("saran")))
    return Isian(
        id=key,
        unit_id=tempat.unit_id,
        titik_id=tempat.titik_id,
        layanan_id=_find_layanan(tempat, one).id,
        instrumen=instrumen,
        nilai=nilai,
        profil=Profil(
            jenis_kelamin=parse_jenis_kelamin(_text(profil.get("jenis_kelamin"))),
            usia=parse_usia(_text(profil.get("usia"))),
            pendidikan=parse_pendidikan(_text(profil.get("pendidikan"))),
            pekerjaan=parse_pekerjaan(_text(profil.get("pekerjaan"))),
        ),
        kanal="kios",
        waktu=_read_waktu(one),
        dibantu=one.get("dibantu") is True,
        saran=saran,
        pengaduan=bool(one.get("pengaduan") is True and saran),
        kode=read_kode_pengaduan(one.get("kode_pengaduan")),
        lama=read_lama(one.get("lama")),
        # The tablet that proved itself, not what it says about itself.
        perangkat=f"kios-{kios_id}",
    )


def _find_layanan(tempat: Tempat, one: Mapping[str, Any]) -> PilihanLayanan:
    layanan = tempat.find_layanan(_text(one.get("layanan")) or "")
    if layanan is None:
        raise IsianError("Layanan yang dipilih tidak ada lagi.")
    return layanan


def _read_waktu(one: Mapping[str, Any]) -> WaktuIsi | None:
    """The tablet's clock when the form ended, and how far off it was known to be."""
    perangkat = read_instant(one.get("diisi"))
    selisih = read_selisih(one.get("selisih"))
    return WaktuIsi(perangkat=perangkat, selisih=selisih) if perangkat else None


def _uuid(value: object) -> uuid.UUID | None:
    try:
        return uuid.UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _key(value: object) -> str:
    """A key as it may be looked up: PostgreSQL refuses NUL even in a question."""
    return value if isinstance(value, str) and value.isprintable() else ""


def _text(value: object) -> str | None:
    """What was typed; half an emoji, cut at the length limit, cannot be stored as it is."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else None
