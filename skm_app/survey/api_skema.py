"""What a public result looks like to programs: JSON Schema (2020-12), and an example."""

from __future__ import annotations

from typing import Any

from skm_app.label_ciri import JUDUL_CIRI
from skm_app.models.followup import STATUS_RTL
from skm_app.models.periods import JENIS_PERIODE
from skm_app.models.units import JENIS_UNIT
from skm_app.reports.kelompok import CIRI_LAPORAN
from skm_app.scoring import KONVENSI, MIN_KELOMPOK, TABEL_MUTU
from skm_app.terbitan import LISENSI, SKEMA

Skema = dict[str, Any]

TEKS: Skema = {"type": "string"}
BANYAK: Skema = {"type": "integer", "minimum": 0}
TANGGAL: Skema = {"type": "string", "format": "date"}
WAKTU: Skema = {"type": "string", "format": "date-time"}
SIDIK: Skema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
MUTU: Skema = {"type": "string", "enum": [one.huruf for one in TABEL_MUTU]}
KINERJA: Skema = {"type": "string", "enum": [one.kinerja for one in TABEL_MUTU]}
INDEKS: Skema = {
    "type": "string",
    "pattern": r"^[0-9]{2,3}\.[0-9]{2}$",
    "description": "25.00 sampai 100.00, sebagai teks agar tidak ada angka yang hilang.",
}
NRR: Skema = {
    "type": "string",
    "pattern": r"^[1-4]\.[0-9]{3}$",
    "description": "Nilai rata-rata, 1.000 sampai 4.000.",
}


def make_skema() -> dict[str, Skema]:
    """The named schemas."""
    return {
        "Hasil": _hasil(),
        "Unsur": _unsur(),
        "Layanan": _layanan(),
        "Kelompok": _kelompok(),
        "Perbaikan": make_object(unsur=TEKS, program=TEKS, hasil=TEKS),
        "Rencana": make_object(
            unsur=TEKS,
            program=TEKS,
            triwulan={"type": "integer", "minimum": 1, "maximum": 4},
            tahun={"type": "integer"},
            status={
                "type": "string",
                "enum": list(STATUS_RTL),
                "description": "Keadaan saat hasil ini diterbitkan.",
            },
        ),
        "Lisensi": make_object(
            kode={"const": LISENSI["kode"]}, nama=TEKS, alamat={**TEKS, "format": "uri"}
        ),
        "Kesalahan": make_object(pesan={**TEKS, "description": "Kalimat bahasa Indonesia."}),
    }


def _hasil() -> Skema:
    """One public result."""
    return make_object(
        skema={"const": SKEMA},
        unit=make_object(
            id={"type": "string", "format": "uuid"},
            jenis={"type": "string", "enum": list(JENIS_UNIT)},
            nama=TEKS,
        ),
        periode=make_object(
            nama=TEKS,
            jenis={"type": "string", "enum": list(JENIS_PERIODE)},
            tahun={"type": "integer"},
            mulai=TANGGAL,
            sampai=TANGGAL,
        ),
        n={**BANYAK, "minimum": MIN_KELOMPOK, "description": "Banyaknya responden."},
        ikm=INDEKS,
        mutu=MUTU,
        kinerja=KINERJA,
        instrumen={**TEKS, "description": "Kuesioner dan versinya."},
        konvensi={"type": "string", "enum": list(KONVENSI)},
        kebutuhan=_or_null(
            {**BANYAK, "description": "Responden yang dibutuhkan (Krejcie-Morgan)."}
        ),
        populasi=_or_null({**BANYAK, "description": "Pengguna layanan dalam periode."}),
        populasi_sumber=_or_null(TEKS),
        dikecualikan={**BANYAK, "description": "Jawaban yang tidak dihitung, oleh dua petugas."},
        unsur={"type": "array", "items": ref("Unsur")},
        terlemah={
            "type": "array",
            "items": TEKS,
            "description": (
                "Kunci unsur yang nilainya terendah, dari yang paling rendah, menurut nilai yang "
                "belum dibulatkan; kosong bila semua sama."
            ),
        },
        rincian={
            "type": "boolean",
            "description": (
                "false: responden dan layanan kosong, karena dapat dikurangkan dari hasil lain "
                "yang sudah diterbitkan."
            ),
        },
        responden={
            "type": "object",
            "description": "Responden menurut ciri; kelompok kecil digabung.",
            "properties": {
                ciri: {
                    "type": "array",
                    "items": ref("Kelompok"),
                    "description": JUDUL_CIRI[ciri],
                }
                for ciri in CIRI_LAPORAN
            },
            "additionalProperties": False,
        },
        layanan={"type": "array", "items": ref("Layanan")},
        perbaikan={
            "type": "array",
            "items": ref("Perbaikan"),
            "description": "Rencana periode sebelumnya yang sudah selesai.",
        },
        rencana={
            "type": "array",
            "items": ref("Rencana"),
            "description": "Rencana tindak lanjut atas hasil ini.",
        },
        penetapan=make_object(
            nomor={"type": "integer", "minimum": 1}, ditetapkan=WAKTU, sidik=SIDIK
        ),
        diterbitkan=WAKTU,
        sidik=SIDIK,
        alamat={**TEKS, "format": "uri-reference", "description": "Halaman hasil ini."},
        lisensi=ref("Lisensi"),
    )


def _unsur() -> Skema:
    return make_object(
        kode={"type": "string", "pattern": "^U[0-9]+$"},
        kunci=TEKS,
        nama=TEKS,
        nrr=NRR,
        nilai=INDEKS,
        mutu=MUTU,
        kinerja=KINERJA,
    )


def _layanan() -> Skema:
    return make_object(
        nama=TEKS,
        layanan={
            "type": "array",
            "items": {"type": "string", "format": "uuid"},
            "description": "Pengenal layanan dengan nama ini; kosong bila digabung.",
        },
        n={**BANYAK, "minimum": MIN_KELOMPOK},
        ikm=_or_null(INDEKS),
        mutu=_or_null(MUTU),
        kinerja=_or_null(KINERJA),
        digabung={"type": "boolean"},
    )


def _kelompok() -> Skema:
    return make_object(
        nama=TEKS, jumlah={**BANYAK, "minimum": MIN_KELOMPOK}, digabung={"type": "boolean"}
    )


def make_object(**properties: Skema) -> Skema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _or_null(skema: Skema) -> Skema:
    if "enum" in skema:
        return {**skema, "type": [skema["type"], "null"], "enum": [*skema["enum"], None]}
    return {**skema, "type": [skema["type"], "null"]}


def ref(name: str) -> Skema:
    return {"$ref": f"#/components/schemas/{name}"}


CONTOH: Skema = {
    "skema": SKEMA,
    "unit": {
        "id": "01941f29-7c00-7000-8000-000000000001",
        "jenis": "kecamatan",
        "nama": "Kecamatan Contoh",
    },
    "periode": {
        "nama": "2024",
        "jenis": "tahun",
        "tahun": 2024,
        "mulai": "2024-01-01",
        "sampai": "2024-12-31",
    },
    "n": 36,
    "ikm": "87.23",
    "mutu": "B",
    "kinerja": "Baik",
    "instrumen": "skm-9/1",
    "konvensi": "eksak",
    "kebutuhan": 201,
    "populasi": 420,
    "populasi_sumber": "Register loket",
    "dikecualikan": 0,
    "unsur": [
        {
            "kode": "U1",
            "kunci": "persyaratan",
            "nama": "Persyaratan",
            "nrr": "3.306",
            "nilai": "82.64",
            "mutu": "B",
            "kinerja": "Baik",
        }
    ],
    "terlemah": ["persyaratan"],
    "rincian": True,
    "responden": {"jenis_kelamin": [{"nama": "Laki-laki", "jumlah": 20, "digabung": False}]},
    "layanan": [
        {
            "nama": "Legalisasi surat",
            "layanan": ["01941f29-7c00-7000-8000-000000000002"],
            "n": 12,
            "ikm": "88.43",
            "mutu": "A",
            "kinerja": "Sangat baik",
            "digabung": False,
        }
    ],
    "perbaikan": [
        {"unsur": "sarpras", "program": "Menambah kursi tunggu", "hasil": "Sepuluh kursi dipasang"}
    ],
    "rencana": [
        {
            "unsur": "persyaratan",
            "program": "Memasang daftar syarat di loket",
            "triwulan": 2,
            "tahun": 2025,
            "status": "rencana",
        }
    ],
    "penetapan": {"nomor": 1, "ditetapkan": "2025-01-06T02:00:00+00:00", "sidik": "0" * 64},
    "diterbitkan": "2025-01-07T02:00:00+00:00",
    "sidik": "0" * 64,
    "alamat": "/hasil/2024",
    "lisensi": LISENSI,
}
