#!/usr/bin/env bash
# Runs the presets of docs/experiments.md with three seeds on both datasets and prints its tables. About 15 minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-.lab/experiments}
mkdir -p "$out"
for data in cldr-emoji xquad-r; do
  for preset in mono cross hybrid multi mixed-mono; do
    for seed in 1 2 3; do
      npx tsx src/cli/lab.ts run "preset:$preset" --backend wasm --quiet --set "data.train=$data" \
        --set "seed=$seed" --set evalEvery=0 --out "$out/$data.$preset.$seed.json" > /dev/null
    done
  done
done
node scripts/experimentTable.mjs "$out"
