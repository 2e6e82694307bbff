"""How a command says that it was given something it cannot use."""

import errno
from typing import IO, Any

import click


class InputError(click.ClickException):
    """Wrong use or bad input: one line on stderr, exit code 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message in Indonesian; click would begin it with "Error"."""
        line = " ".join(self.format_message().split())
        click.echo(f"Galat: {line}", file=file, err=file is None)


def explain_os_error(error: OSError) -> str:
    """Why the system refused a file, as the end of a sentence that begins with its name."""
    words = {
        errno.ENOENT: "tidak ada, atau foldernya tidak ada",
        errno.ENOTDIR: "tidak berada di dalam folder",
        errno.EISDIR: "adalah folder, bukan berkas",
        errno.EACCES: "tidak boleh dibuka atau ditulisi",
        errno.EROFS: "tidak dapat ditulisi",
        errno.ENOSPC: "tidak dapat ditulis karena cakram penuh",
    }
    return words.get(error.errno or 0, f"tidak dapat dipakai ({error.strerror or error})")


def translate_usage(error: click.UsageError) -> InputError:
    """What click has to say about the arguments, in Indonesian, with where to look."""
    command = error.ctx.command_path if error.ctx else "skm"
    return InputError(f"{_explain(error)} Lihat: {command} --help")


def _explain(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        return f"Pilihan {error.option_name} tidak dikenal."
    if isinstance(error, click.MissingParameter):
        return f"{_name_of(error)} belum diisi."
    if isinstance(error, click.BadParameter):
        return f"Nilai untuk {_name_of(error)} tidak dapat dipakai{_choices_of(error)}."
    if error.message.startswith("No such command"):
        return f"Perintah {error.message.split(chr(39))[1]} tidak ada."
    return "Cara memakai perintah ini tidak tepat."


def _name_of(error: click.BadParameter) -> str:
    return error.param.get_error_hint(error.ctx) if error.param and error.ctx else "Isian"


def _choices_of(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return f"; pilih {', '.join(str(choice) for choice in kind.choices)}"
    if isinstance(kind, click.IntRange):
        return f"; isi angka {kind.min} sampai {kind.max}"
    return ""
