#!/usr/bin/env bash
# Makes the pictures of the guide from the demo, in a real browser. Needs chromium and node, and once
# `npm ci` in crates/workbench/tests/browser.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

chancery=${CHANCERY:-target/release/chancery}
[ -n "${CHANCERY:-}" ] || cargo build --release --locked --package chancery
work=$(mktemp -d)
touch "$work/log"
"$chancery" demo --ledger "$work/chancery-demo.db" --bind 127.0.0.1:0 2>"$work/log" &
demo=$!
trap 'kill $demo; rm -rf "$work"' EXIT
until address=$(grep -o 'http://127.0.0.1:[0-9]*' "$work/log"); do sleep 0.2; done
CHANCERY_DEMO=$address node docs/guide/screenshots.mjs
