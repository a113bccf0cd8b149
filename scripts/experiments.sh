#!/usr/bin/env bash
# Runs the presets of docs/experiments.md from each start with three seeds on both datasets and prints its tables.
# Records that are there already are kept, so that a broken-off series goes on. About an hour on one core.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-.lab/experiments}
starts=${STARTS:-distilled-weak distilled-mini} # a part of them, to share the work among processes
mkdir -p "$out"
run() { # data start preset seed [more --set …]
  local file="$out/$1.$2.$3.$4.json"
  [[ -s "$file" ]] && return
  npx tsx src/cli/lab.ts run "preset:${5:-$3}" --backend wasm --quiet --set "data.train=$1" --set "encoder.id=$2" \
    --set "seed=$4" --set evalEvery=0 --set data.split=heldOut "${@:6}" --out "$file" > /dev/null
}
for seed in 1 2 3; do
  for data in cldr-emoji xquad-r; do
    for start in $starts; do
      for preset in mono cross hybrid; do run "$data" "$start" "$preset" "$seed"; done
      # Twice the steps: as many cross-lingual batches as the preset `cross` has.
      run "$data" "$start" hybrid-600 "$seed" hybrid --set steps=600
    done
  done
done
node scripts/experimentTable.mjs "$out"
