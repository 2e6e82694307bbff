"""The official worksheet: one row per respondent, and the index worked out below the rows.

An office keeps it and shows it to whoever audits the survey; it is not for the public, because
each row describes one person.

Source: PermenPANRB 14/2017, lampiran, pengolahan data survei per responden dan per unsur.
"""

from skm_app.reports.lembar_kerja.isi import LembarKerjaError
from skm_app.reports.lembar_kerja.pdf import make_lembar_kerja_pdf
from skm_app.reports.lembar_kerja.xlsx import write_lembar_kerja

__all__ = ["LembarKerjaError", "make_lembar_kerja_pdf", "write_lembar_kerja"]
