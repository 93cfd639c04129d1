#!/usr/bin/env bash
# Builds the wheel, installs it into an environment of its own and tests it, from a bare clone: needs Rust (with rustfmt and
# clippy) and python3 (3.10 or newer) with pip and venv. All goes into the folder target.
set -euo pipefail
cd "$(dirname "$0")/.."
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/../target}
mkdir -p "$CARGO_TARGET_DIR"
environment=$(cd "$CARGO_TARGET_DIR" && pwd)/python
wheels=$environment/wheels

say() { printf '\n== %s\n' "$*"; }
python() { "$environment/bin/python" "$@"; }
install() { python -m pip install --quiet --disable-pip-version-check "$@"; }

say "the Python package: the environment"
tests/environment
say "the Python package: formatting and lints"
cargo fmt -- --check
cargo clippy --quiet --all-targets -- -D warnings
python -m ruff format --quiet --check .
python -m ruff check --quiet .
say "the Python package: building the wheel, from the source distribution"
rm -rf "$wheels"
"$environment/bin/maturin" sdist --out "$wheels/source"
tar -xzf "$wheels"/source/*.tar.gz -C "$wheels/source"
# The wheel of the tests is not optimised, which is quicker. README.md says how to build the one that is published.
(cd "$wheels"/source/*/ && "$environment/bin/maturin" build --quiet --profile dev --out "$wheels")
install --force-reinstall --no-deps "$wheels"/*.whl
say "the Python package: tests"
# Python and the workers of engines look for modules in the folder where they are started. It must not be that of the sources.
cd tests
"$environment/bin/pytest" --quiet -rs -p no:cacheprovider .
