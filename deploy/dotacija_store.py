"""Where parts of a run are kept: what has its name there is whole, whatever was killed on the way."""

import json
import os
import shutil
import uuid
from pathlib import Path
from typing import Any, Protocol


class NoStore(Exception):
    """An address that cannot be used here, in words for the user."""


class Store(Protocol):
    """A place for parts, in which what has its name is whole."""

    def head(self, name: str) -> dict[str, Any] | None:
        """What a part says it is; nothing where it is not there."""

    def put(self, file: Path, name: str) -> None:
        """Keeps a file: under another name until all of it is there."""

    def get(self, name: str, place: Path) -> Path:
        """A part as a file of this machine, brought to a place if it is none."""


class Folder:
    """A folder that all machines have under the same name."""

    def __init__(self, path: str) -> None:
        self.path = Path(path)

    def head(self, name: str) -> dict[str, Any] | None:
        try:
            with (self.path / name).open("rb") as stream:
                return head(stream)
        except FileNotFoundError:
            return None

    def put(self, file: Path, name: str) -> None:
        self.path.mkdir(parents=True, exist_ok=True)
        fresh = self.path / f".{name}.{uuid.uuid4().hex}"
        try:
            with file.open("rb") as source, fresh.open("wb") as target:
                shutil.copyfileobj(source, target)
                target.flush()
                os.fsync(target.fileno())
            fresh.replace(self.path / name)
        finally:
            fresh.unlink(missing_ok=True)

    def get(self, name: str, place: Path) -> Path:
        return self.path / name


class Objects:
    """An object store, or any file system that pyarrow knows by an address."""

    def __init__(self, uri: str) -> None:
        try:
            from pyarrow import fs
        except ImportError:
            raise NoStore(f"error: `{uri}` needs pyarrow, here and on every machine: pip install pyarrow") from None
        self.system, self.path = fs.FileSystem.from_uri(uri)

    def head(self, name: str) -> dict[str, Any] | None:
        try:
            with self.system.open_input_file(f"{self.path}/{name}") as stream:
                return head(stream)
        except FileNotFoundError:
            return None

    def put(self, file: Path, name: str) -> None:
        self.system.create_dir(self.path, recursive=True)
        fresh = f"{self.path}/.{name}.{uuid.uuid4().hex}"
        with file.open("rb") as source, self.system.open_output_stream(fresh) as target:
            shutil.copyfileobj(source, target)
        self.system.move(fresh, f"{self.path}/{name}")

    def get(self, name: str, place: Path) -> Path:
        file = place / name
        with self.system.open_input_stream(f"{self.path}/{name}") as source, file.open("wb") as target:
            shutil.copyfileobj(source, target)
        return file


def opened(store: str) -> Store:
    """The store at a path or an address."""
    return Objects(store) if "://" in store else Folder(store)


def absolute(store: str) -> str:
    """A path as every machine reads it alike; an address as it is."""
    return store if "://" in store else str(Path(store).absolute())


class Readable(Protocol):
    """What can be read piece by piece."""

    def read(self, size: int, /) -> bytes:
        """As many of the next bytes, fewer where it ends."""


def head(stream: Readable) -> dict[str, Any]:
    """The second line of a part: its run and its draws. Whether all of it is there, `merge` sees by the digest."""
    begun = b""
    while begun.count(b"\n") < 2 and (more := stream.read(1 << 16)):
        begun += more
    first, second, *_ = [*begun.split(b"\n", 2), b""]
    if not first.startswith(b"dotacija part "):
        return {"identity": None}
    try:
        found: dict[str, Any] = json.loads(second)
        return found
    except ValueError:
        return {"identity": None}
