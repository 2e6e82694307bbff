"""Who may do what: the signed-in account of a request, and the one guard of all views."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import wraps
from typing import Any, ParamSpec, cast

from flask import abort, jsonify, redirect, request, url_for
from flask.sansio.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user
from sqlalchemy.orm import Session

from skm_app.admin.blueprint import bp
from skm_app.admin.sesi import SesiAktif, find_sesi, renew_sesi
from skm_app.admin.unit import UnitPohon, get_kantor_id, list_tree
from skm_app.catatan import Pelaku, add_catatan
from skm_app.models import PERAN, Base
from skm_app.web import current_state

P = ParamSpec("P")

# Asked by the open page itself every two seconds: no sign that a person is still there.
BY_ITSELF = ("admin.show_ikm_json", "admin.show_grafik_json")

login_manager = LoginManager()
login_manager.session_protection = None  # sessions are checked against the table instead


def init_app(state: BlueprintSetupState) -> None:
    login_manager.init_app(state.app)


bp.record_once(init_app)


def need_peran(
    *peran: str,
) -> Callable[[Callable[P, ResponseReturnValue]], Callable[P, ResponseReturnValue]]:
    """Let only these roles in: strangers are sent to the sign-in, other roles get a 403."""
    unknown = set(peran) - set(PERAN)
    if unknown:
        raise ValueError(f"Unknown peran: {unknown}")

    def guard(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            if not current_user.is_authenticated:
                return refuse_stranger()
            if current_user.peran not in peran:
                abort(403)
            return view(*args, **kwargs)

        return guarded

    return guard


def get_sesi() -> SesiAktif:
    """The account behind this request; only inside views that ``need_peran`` guards."""
    return cast(SesiAktif, current_user._get_current_object())


def get_pelaku() -> Pelaku:
    """The person behind this request, as proposals and the audit log name them."""
    sesi = get_sesi()
    return Pelaku(pengguna_id=sesi.pengguna_id, nama=sesi.nama, peran=sesi.peran)


def get_akar_id(session: Session) -> uuid.UUID:
    """The top of what this person may see: their unit, else the whole office.

    :raise KantorBelumAdaError: before the first run.
    """
    return get_sesi().unit_id or get_kantor_id(session)


def list_my_tree(session: Session) -> list[UnitPohon]:
    """The units this person may see and change, the topmost first."""
    return list_tree(session, get_akar_id(session))


def catat(
    session: Session,
    aksi: str,
    objek: Base | tuple[str, str],
    keterangan: str,
    *,
    unit_id: uuid.UUID | None = None,
    alasan: str = "",
    sebelum: Mapping[str, Any] | None = None,
    sesudah: Mapping[str, Any] | None = None,
) -> None:
    """Put a deed of this person into the audit log, in the transaction of the deed."""
    add_catatan(
        session,
        get_pelaku(),
        aksi,
        objek,
        keterangan,
        unit_id=unit_id,
        alasan=alasan,
        sebelum=sebelum,
        sesudah=sesudah,
    )


def find_sesi_aktif() -> SesiAktif | None:
    """The account behind this request, if there is one."""
    return get_sesi() if current_user.is_authenticated else None


@login_manager.user_loader  # type: ignore[untyped-decorator]
def load_sesi(token: str) -> SesiAktif | None:
    now = datetime.now(UTC)
    database = current_state().database
    with database.reading() as session:
        sesi = find_sesi(session, token, now)
    if sesi is not None and sesi.perlu_diperbarui and request.endpoint not in BY_ITSELF:
        with database.writing() as session:
            renew_sesi(session, token, now)
    return sesi


def refuse_stranger() -> ResponseReturnValue:
    if request.path.endswith(".json"):
        return jsonify(galat="Sesi Anda sudah berakhir. Silakan masuk kembali."), 401
    # A form that was sent cannot be sent again by following an address.
    here = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("admin.sign_in", next=here), code=303)
