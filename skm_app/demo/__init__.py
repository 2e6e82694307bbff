"""The demo office: Kecamatan Palaran, Kota Samarinda, with its printed figures of 2024."""

from skm_app.demo.filling import Demo, DemoError, fill_demo

__all__ = ["Demo", "DemoError", "fill_demo"]
