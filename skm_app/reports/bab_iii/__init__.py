"""Bab III "Akuntabilitas Kinerja" of the yearly report LKjIP: its facts, tables and text."""
