"""Staff accounts and their passwords; used by the staff side and by the ``skm`` command."""
