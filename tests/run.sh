#!/usr/bin/env bash
# Runs all checks and all tests, from a bare clone: needs Rust (with rustfmt and clippy), and python3 with pip
# and venv.
# Everything else that the tests need goes into target/: OpenCC's library, the oracle of the conversion tests.
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
need "venv for python3 (Debian: python3-venv)" python3 -c "import ensurepip, venv"

# --- the oracle -------------------------------------------------------------------------------------------
features=()
if source tests/oracle; then
    features=(--all-features)
else
    features=(--features parquet-zstd)
    echo "tests/run.sh: the tests against OpenCC are skipped" >&2
fi
[ -d ../shared ] || echo "tests/run.sh: ../shared is not here; the tests that need its texts are skipped" >&2

# The engines of the Python package are large. They arrive while Rust is built.
mkdir -p target
python/tests/environment >target/environment.log 2>&1 &
environment=$!
trap 'jobs -p | xargs --no-run-if-empty kill 2>/dev/null || true' EXIT

# --- the checks -------------------------------------------------------------------------------------------
say "formatting"
cargo fmt --all -- --check
cargo fmt --manifest-path train/Cargo.toml -- --check
say "lints"
cargo clippy --quiet --all-targets "${features[@]}" -- -D warnings
CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-target} cargo clippy --quiet --manifest-path train/Cargo.toml -- -D warnings
say "tests"
cargo test "${features[@]}"
say "the library without the command"
# A program that uses only the library must not build a command line with it.
cargo test --quiet --no-default-features --lib
library=$(cargo tree --no-default-features --edges normal --prefix none)
for crate in anstream anstyle anyhow arrow-array arrow-cast arrow-schema arrow-select base64 bitstream-io chardetng clap clap_complete clap_complete_nushell clap_mangen crc32fast dom_query dom_smoothie encoding_rs extsort flate2 globset html5ever ignore indicatif parquet redb ruzstd serde_arrow sha2 signal-hook similar sysinfo tempfile tracing unicode-segmentation unicode-width; do
    ! grep -q "^$crate v" <<<"$library" || { echo "tests/run.sh: the library depends on $crate" >&2; exit 1; }
done
if rustup target list --installed 2>/dev/null | grep -qx i686-unknown-linux-gnu; then
    cargo check --quiet --no-default-features --lib --target i686-unknown-linux-gnu
else
    echo "tests/run.sh: the target i686-unknown-linux-gnu is missing; the check on 32 bits is skipped" >&2
fi
say "the report's page in Chromium"
if ! command -v chromium >/dev/null || ! command -v chromedriver >/dev/null; then
    # Installs Debian's packages if possible.
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null &&
        { apt-get update && apt-get install -y --no-install-recommends chromium chromium-driver; } >/dev/null 2>&1 || true
fi
if command -v chromium >/dev/null && command -v chromedriver >/dev/null; then
    cargo build --quiet "${features[@]}"
    python3 tests/browser/report.py "${CARGO_TARGET_DIR:-target}/debug/qingwen"
else
    echo "tests/run.sh: chromium and chromedriver are missing; the test of the report's page is skipped" >&2
fi
say "licences"
if cargo deny --version >/dev/null 2>&1; then
    cargo deny check licenses bans
else
    echo "tests/run.sh: cargo-deny is missing; the check of licences is skipped" >&2
fi
say "documentation"
RUSTDOCFLAGS="-D warnings" cargo doc --quiet --no-deps --document-private-items "${features[@]}"
# Little is optimised in the README's command here: what it writes is the same, and the build takes half of the time. It is
# built while the tests of the engines wait.
export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=1
cargo build --quiet --release &
building=$!
# The second time the environment says what it says the first time.
wait "$environment" || true
python/tests/run.sh
say "the README's command"
wait "$building"
cargo run --quiet --release -- clean examples/article.txt >target/article.clean.txt
cmp target/article.clean.txt examples/article.clean.txt
say "all checks passed"
