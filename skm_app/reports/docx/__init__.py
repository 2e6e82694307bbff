"""Documents as DOCX, to be edited and signed, in an office's own template if it has one."""

from skm_app.reports.docx.nilai import TemplatError, list_isian
from skm_app.reports.docx.periksa import check_templat
from skm_app.reports.docx.susun import make_docx
from skm_app.reports.docx.templat import make_contoh_templat

__all__ = ["TemplatError", "check_templat", "list_isian", "make_contoh_templat", "make_docx"]
