"""The blueprint that the subjects of the staff side hang their views into."""

from flask import Blueprint

bp = Blueprint("admin", __name__)
