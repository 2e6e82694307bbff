"""The ``skm`` command: arguments in, one call, output. Exit codes 0 done, 1 a check failed, 2."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click
from sqlalchemy.exc import SQLAlchemyError

from skm_app.berkas import BerkasError
from skm_app.cadangan import CadanganError
from skm_app.cli.check import check_command
from skm_app.cli.data import export_command, import_command
from skm_app.cli.errors import InputError, explain_os_error, translate_usage
from skm_app.cli.report import report_command
from skm_app.cli.safety import backup_command, restore_command, verify_command
from skm_app.cli.score import score
from skm_app.cli.serve import demo_command, serve_command
from skm_app.cli.staff import user
from skm_app.database import DatabaseError
from skm_app.demo import DemoError
from skm_app.settings import SettingsError
from skm_app.startup import StartupError

# What a person can put right; everything else is a defect of the program.
EXPECTED = (
    BerkasError,
    CadanganError,
    DatabaseError,
    DemoError,
    SettingsError,
    StartupError,
)


@click.group(no_args_is_help=True)
def skm() -> None:
    """Survei Kepuasan Masyarakat."""


for command in (
    backup_command,
    check_command,
    demo_command,
    export_command,
    import_command,
    report_command,
    restore_command,
    score,
    serve_command,
    user,
    verify_command,
):
    skm.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command; every failure is one line on stderr, in Indonesian."""
    # The database and its backups hold password hashes and comments: for this account only.
    os.umask(0o077)
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        code = skm.main(args=arguments, prog_name="skm", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "")
        return 2
    except click.UsageError as error:
        translate_usage(error).show()
        return 2
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        click.echo("Dibatalkan.", err=True)
        return 2
    except EXPECTED as error:
        InputError(str(error)).show()
        return 2
    except SQLAlchemyError as error:
        InputError(f"Basis data tidak dapat dipakai ({type(error).__name__}).").show()
        return 2
    except OSError as error:
        InputError(f"{error.filename or 'Berkas'} {explain_os_error(error)}.").show()
        return 2
    return code if isinstance(code, int) else 0
