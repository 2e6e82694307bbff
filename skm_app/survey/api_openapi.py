"""The description of the public interface, OpenAPI 3.1: written by hand, tested against it."""

from __future__ import annotations

from typing import Any

from skm_app.survey.api_skema import CONTOH, TEKS, Skema, make_object, make_skema, ref
from skm_app.terbitan import LISENSI, SKEMA

TAHUN_AWAL, TAHUN_AKHIR = 2000, 2999


def make_openapi() -> dict[str, Any]:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Hasil Survei Kepuasan Masyarakat",
            "version": "1.0.0",
            "summary": "Hasil SKM yang sudah diterbitkan, untuk dibaca program lain.",
            "description": (
                "Hanya hasil periode yang sudah ditetapkan dan diterbitkan. Bila suatu periode "
                "dibuka kembali, hasilnya hilang dari sini sampai diterbitkan lagi. Kelompok yang "
                "lebih kecil dari lima orang digabung. Angka desimal ditulis sebagai teks."
            ),
            "license": {"name": LISENSI["nama"], "identifier": LISENSI["kode"]},
        },
        "servers": [{"url": "/"}],
        "paths": {
            "/api/v1/hasil.json": {"get": _get_semua()},
            "/api/v1/openapi.json": {"get": _get_openapi()},
            "/hasil/{tahun}/data.json": {"get": _get_data(False, "json")},
            "/hasil/{tahun}/data.csv": {"get": _get_data(False, "csv")},
            "/hasil/{tahun}/{nama}/data.json": {"get": _get_data(True, "json")},
            "/hasil/{tahun}/{nama}/data.csv": {"get": _get_data(True, "csv")},
            "/hasil/kamus.csv": {"get": _get_kamus()},
        },
        "components": {"schemas": make_skema()},
    }


def _get_semua() -> Skema:
    return {
        "operationId": "listHasil",
        "summary": "Semua hasil yang diterbitkan, periode terbaru lebih dahulu",
        "parameters": [_tahun("query"), _unit()],
        "responses": {
            "200": _json(
                "Hasil yang cocok; kosong bila tidak ada.",
                make_object(
                    skema={"const": SKEMA},
                    lisensi=ref("Lisensi"),
                    hasil={"type": "array", "items": ref("Hasil")},
                ),
                {"skema": SKEMA, "lisensi": LISENSI, "hasil": [CONTOH]},
            ),
            "304": TETAP,
            "422": _fault(
                "Parameter tidak dapat dibaca.",
                "Parameter tahun harus berupa tahun dengan empat angka, misalnya 2024.",
            ),
        },
    }


def _get_openapi() -> Skema:
    return {
        "operationId": "readOpenapi",
        "summary": "Uraian ini",
        "responses": {
            "200": _json("OpenAPI 3.1.", {"type": "object", "required": ["openapi", "paths"]}),
            "304": TETAP,
        },
    }


def _get_data(bagian: bool, jenis: str) -> Skema:
    """One result. ``bagian``: of a part of a year."""
    nama = {
        "name": "nama",
        "in": "path",
        "required": True,
        "description": "Bagian terakhir alamat halaman periode itu.",
        "schema": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
        "example": "semester-i-2024",
    }
    ok = (
        _json("Hasilnya.", ref("Hasil"), CONTOH)
        if jenis == "json"
        else _csv("Satu baris untuk setiap angka; kolomnya dijelaskan di /hasil/kamus.csv.")
    )
    return {
        "operationId": f"readData{jenis.capitalize()}{'Bagian' if bagian else 'Tahun'}",
        "summary": f"Hasil {'satu bagian tahun' if bagian else 'satu tahun'} ({jenis.upper()})",
        "parameters": [_tahun("path"), *([nama] if bagian else []), _unit()],
        "responses": {
            "200": ok,
            "304": TETAP,
            "404": _fault(
                "Tidak ada hasil yang diterbitkan di alamat ini.",
                "Tidak ada hasil yang diterbitkan di alamat ini.",
            ),
        },
    }


def _get_kamus() -> Skema:
    return {
        "operationId": "readKamus",
        "summary": "Kamus data: arti dan satuan setiap kolom data.csv",
        "responses": {"200": _csv("Kolom, arti, satuan."), "304": TETAP},
    }


def _tahun(where: str) -> Skema:
    return {
        "name": "tahun",
        "in": where,
        "required": where == "path",
        "description": "Tahun periode.",
        "schema": {"type": "integer", "minimum": TAHUN_AWAL, "maximum": TAHUN_AKHIR},
        "example": 2024,
    }


def _unit() -> Skema:
    return {
        "name": "unit",
        "in": "query",
        "required": False,
        "description": "Id unit (unit.id). Tanpa ini, di bawah /hasil: kantor itu sendiri.",
        "schema": {"type": "string", "format": "uuid"},
    }


def _json(description: str, skema: Skema, example: object = None) -> Skema:
    content: Skema = {"schema": skema}
    if example is not None:
        content["example"] = example
    return {"description": description, "headers": KEPALA, "content": {"application/json": content}}


def _csv(description: str) -> Skema:
    return {
        "description": description,
        "headers": KEPALA,
        "content": {"text/csv": {"schema": {"type": "string"}}},
    }


def _fault(description: str, pesan: str) -> Skema:
    return {
        "description": description,
        "content": {
            "application/json": {"schema": ref("Kesalahan"), "example": {"pesan": pesan}},
        },
    }


KEPALA: Skema = {
    "ETag": {
        "description": "Sidik isi; kirim kembali sebagai If-None-Match.",
        "required": True,
        "schema": TEKS,
    },
}
TETAP: Skema = {"description": "Tidak berubah sejak ETag yang dikirim sebagai If-None-Match."}
