#!/usr/bin/env bash
# Runs all checks and all tests, from a bare clone: needs Rust (with rustfmt and clippy), python3 and pip.
# What the tests need beyond that goes into target/: OpenCC's library, the oracle of the conversion tests.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '\n== %s\n' "$*"; }
need() { "${@:2}" >/dev/null 2>&1 || { echo "tests/run.sh: $1 is missing" >&2; exit 1; }; }

need "Rust (cargo)" cargo --version
need "rustfmt (rustup component add rustfmt)" cargo fmt --version
need "clippy (rustup component add clippy)" cargo clippy --version
need "a C linker (Debian: gcc)" cc --version
need "python3" python3 --version
need "pip for python3 (Debian: python3-pip)" python3 -m pip --version

# --- the oracle -------------------------------------------------------------------------------------------
oracle=$PWD/target/opencc
features=()
if [ "$(uname -sm)" = "Linux x86_64" ]; then
    if [ ! -f "$oracle/complete" ] || ! cmp -s tests/opencc-requirements.txt "$oracle/complete"; then
        say "fetching OpenCC 1.4.2"
        rm -rf "$oracle" && mkdir -p "$oracle/wheels"
        python3 -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes \
            --only-binary=:all: --python-version 3.11 --platform manylinux_2_17_x86_64 \
            --dest "$oracle/wheels" --requirement tests/opencc-requirements.txt
        for wheel in "$oracle"/wheels/*.whl; do python3 -m zipfile -e "$wheel" "$oracle"; done
        # OpenCC's library wants the C++ runtime; a machine without g++ has it under its versioned name only.
        mkdir -p "$oracle/lib"
        runtime=$(cc -print-file-name=libstdc++.so.6)
        [ -f "$runtime" ] || { echo "tests/run.sh: the C++ runtime (Debian: libstdc++6) is missing" >&2; exit 1; }
        ln -sf "$(readlink -f "$runtime")" "$oracle/lib/libstdc++.so"
        cp tests/opencc-requirements.txt "$oracle/complete"
    fi
    export OPENCC_LIB_DIRS=$oracle/opencc/clib/lib64:$oracle/lib OPENCC_INCLUDE_DIRS=$oracle/opencc/clib/include
    export OPENCC_LIBS=opencc:marisa OPENCC_STATIC=1 OPENCC_DYLIB_STDCPP=1
    export QINGWEN_OPENCC=$oracle
    features=(--all-features)
else
    echo "tests/run.sh: OpenCC's library is pinned for x86-64 Linux only; the tests against it are skipped" >&2
fi
[ -d ../shared ] || echo "tests/run.sh: ../shared is not here; the tests that need its texts are skipped" >&2

# --- the checks -------------------------------------------------------------------------------------------
say "formatting"
cargo fmt --all -- --check
say "lints"
cargo clippy --quiet --all-targets "${features[@]}" -- -D warnings
say "tests"
cargo test "${features[@]}"
say "documentation"
RUSTDOCFLAGS="-D warnings" cargo doc --quiet --no-deps --document-private-items "${features[@]}"
say "the README's command"
mkdir -p target
cargo run --quiet --release -- clean examples/article.txt >target/article.clean.txt
cmp target/article.clean.txt examples/article.clean.txt
say "all checks passed"
