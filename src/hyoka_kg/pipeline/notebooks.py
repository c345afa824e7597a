"""Give a reader the notebooks that the package brings."""

from __future__ import annotations

import shutil
from pathlib import Path

from hyoka_kg.config import notebooks_dir
from hyoka_kg.errors import AcquisitionError


def copy_notebooks(folder: Path) -> list[Path]:
    """Copy the notebooks to a folder and return where they are.

    Raises:
        AcquisitionError: One of that name is there, and may be the reader's work; or the folder cannot be written.
    """
    copies = {source: folder / source.name for source in sorted(notebooks_dir().glob("*.ipynb"))}
    present = [str(copy) for copy in copies.values() if copy.exists()]
    if present:
        raise AcquisitionError(f"Already there: {', '.join(present)}. Nothing was copied; name another folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [Path(shutil.copyfile(source, copy)) for source, copy in copies.items()]
    except OSError as error:
        raise AcquisitionError(f"Cannot copy the notebooks to {folder}: {error}. Name another folder.") from error
