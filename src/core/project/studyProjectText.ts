// The files of an exported study that are text about it: README, and how its runs are started. Writes no file.
import { counted } from "../counted.ts";
import type { Study } from "../study/study.ts";
import { EQUAL, FILES, NOT_EQUAL } from "./projectText.ts";

export const studyRunScript = `#!/usr/bin/env bash
# One machine, one run after the other, each on all GPUs, or on as many processes as are given first. Runs that are there stay.
set -euo pipefail
cd "$(dirname "$0")"
n=\${1:-$(python -c 'import torch; print(max(1, torch.cuda.device_count()))')}
shift || true
while read -r run; do
  torchrun --standalone --nproc_per_node "$n" train.py "$run" "$@" < /dev/null
done < runs.txt
`;

export const studySlurmScript = (name: string, runs: number): string => `#!/usr/bin/env bash
#SBATCH --job-name=${name}
#SBATCH --array=1-${runs}
#SBATCH --nodes=1
#SBATCH --gpus-per-node=1
#SBATCH --cpus-per-task=8
#SBATCH --time=04:00:00
#SBATCH --requeue
# A run that was cut off goes on from its checkpoint: sbatch slurm.sh again, or let --requeue do it. Runs that are there stay.
set -euo pipefail
cd "\${SLURM_SUBMIT_DIR:-$(dirname "$0")}"
run=$(sed -n "\${SLURM_ARRAY_TASK_ID}p" runs.txt)
exec torchrun --standalone --nproc_per_node "\${SLURM_GPUS_ON_NODE:-1}" train.py "$run" "$@"
`;

interface Facts {
  readonly name: string;
  readonly study: Study;
  readonly runs: readonly string[]; // CELL.SEED, in the study's order
  readonly command: string;
}

export function studyReadme({ name, study, runs, command }: Facts): string {
  const { title, question, spec, cells, seeds } = study;
  const first = runs[0] ?? "";
  return `# ${title}

${question}

A study of Hybrid Batch Lab as a Python project: ${counted(cells.length, "cell")} × ${counted(seeds.length, "seed")}, ${counted(runs.length, "run")} of ${spec.steps} steps on
${spec.data.train}, from ${spec.encoder.id}. The same batches, the same loss and the same evaluation, trained by sentence-transformers.

## Run it

\`\`\`
pip install .
python train.py ${first}                              # one run, one process
torchrun --nproc_per_node 2 train.py ${first}         # two processes
bash run.sh                                               # all, one after the other
parallel --jobs 4 python train.py {} :::: runs.txt  # GNU parallel: four at a time
parallel --jobs 4 'CUDA_VISIBLE_DEVICES=$(({%} - 1)) python train.py {}' :::: runs.txt   # each on its GPU
sbatch slurm.sh                                           # a SLURM array: one job a run
\`\`\`

Each run leaves its record in \`runs\`. A run that was ended goes on from its checkpoint when it is started again; one that is there is left
alone, so each of these commands may be repeated until all is there. This folder is then what \`lab sweep\` leaves, trained elsewhere. In the lab's folder:

\`\`\`
npm run lab -- report /path/to/${name}
npm run lab -- sweep --out whole --collect /path/to/${name}
\`\`\`

The second gathers records from several machines, and from the lab's own engine too. Cells are held against each other within a seed and on one
engine: which one made a seed's runs, and which were left out for being made by another, the card says by name.

With a published encoder it is another study, whose folder stands in this one:

\`\`\`
parallel --jobs 4 'CUDA_VISIBLE_DEVICES=$(({%} - 1)) python train.py {} --encoder FacebookAI/xlm-roberta-base --lr 3e-5' :::: runs.txt
\`\`\`

${EQUAL}

${NOT_EQUAL}

${FILES("| study.json, experiments/, runs.txt | the study, what each run trains, their names |")}

Written by \`${command}\`, which writes it again.
`;
}
