#!/usr/bin/env bash
# Builds what is handed out: for each target an archive with the stripped program, man pages, completions, licence and
# the attributions that the models ask for, and SHA256SUMS over all. The same commit gives the same archive.
#
#   scripts/release.sh                                  for this machine, into dist/
#   scripts/release.sh x86_64-unknown-linux-musl …      for others, if rustup and a linker for them are there
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

host=$(rustc -vV | sed -n 's/^host: //p')
version=$(sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' Cargo.toml)
# The day of the commit is the day of every file in the archive.
when=$(git log -1 --format=%cI)
target_folder=${CARGO_TARGET_DIR:-target}
dist=${DIST:-dist}
mkdir -p "$dist"
rm -f "$dist"/chancery-"$version"-*.tar.gz "$dist/SHA256SUMS"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The help is the same for every target; the program that writes it must run here.
export CARGO_PROFILE_RELEASE_STRIP=symbols
cargo build --release --locked --package chancery
"$target_folder/release/chancery" help-pages --output "$work/help"

for target in "${@:-$host}"; do
  folder=release
  if [ "$target" != "$host" ]; then
    cargo build --release --locked --package chancery --target "$target"
    folder=$target/release
  fi
  name=chancery-$version-$target
  mkdir -p "$work/$name/models"
  program=$target_folder/$folder/chancery
  [ -f "$program" ] || program=$program.exe
  cp "$program" README.md CHANGELOG.md LICENSE SCORES.md CITATION.cff "$work/$name/"
  cp -r "$work/help/man1" "$work/help/completions" "$work/$name/"
  cp models/*.md "$work/$name/models/"
  tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="$when" --directory "$work" --create "$name" |
    gzip -9 --no-name >"$dist/$name.tar.gz"
done
(cd "$dist" && sha256sum chancery-"$version"-*.tar.gz | tee SHA256SUMS)
