#!/usr/bin/env bash
# Measures `clean --to twp` and `clean --to hans` on files of JSON Lines, beside OpenCC's library with the same texts, and
# prints a table in Markdown: benches/run.sh [--rounds N] FILE...
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || { echo "benches/run.sh: name files of JSON Lines with a field \"text\"" >&2; exit 2; }

python=target/venv/bin/python
opencc=$(grep -om1 '^opencc==[0-9.]*' tests/opencc-requirements.txt)
if ! "$python" -m pip freeze 2>/dev/null | grep -qix "$opencc"; then
    python3 -m venv target/venv
    "$python" -m pip install --quiet --disable-pip-version-check "$opencc"
fi
cargo build --quiet --profile dist
exec "$python" benches/measure.py --program "${CARGO_TARGET_DIR:-target}/dist/qingwen" "$@"
