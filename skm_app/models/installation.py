"""Facts about this installation itself."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from skm_app.models.base import Base


class Instalasi(Base):
    """One named fact, such as which unit the front page shows or that this is a demo."""

    __tablename__ = "instalasi"

    kunci: Mapped[str] = mapped_column(String(40), primary_key=True)
    nilai: Mapped[str] = mapped_column(String(200))
