// The files of an exported project that are text about a run: README, what it installs, how it is started. Writes no file.
import type { ExperimentSpec } from "../spec/spec.ts";
import { mixRule, weightRule } from "../spec/ruleFacts.ts";

/** What pip installs: ranges in which the files were run against the lab (docs/testing.md). */
const PACKAGES = [
  "torch>=2.8,<3",
  "sentence-transformers>=6.2,<7",
  "transformers>=5,<6",
  "accelerate>=1.10,<2",
  "safetensors>=0.5,<1",
  "numpy>=2,<3",
];

export const pyprojectToml = (name: string): string => `[project]
name = "${name}"
version = "0.1.0"
description = "An experiment of Hybrid Batch Lab, for sentence-transformers on one machine or many"
requires-python = ">=3.10"
dependencies = [
${PACKAGES.map((one) => `  "${one}",`).join("\n")}
]

[project.optional-dependencies]
judges = ["mteb>=2,<3", "pytrec_eval-terrier>=0.5,<1"]

[tool.setuptools]
py-modules = []
`;

export const runScript = `#!/usr/bin/env bash
# One machine: as many processes as it has GPUs, or the number given first.
set -euo pipefail
cd "$(dirname "$0")"
n=\${1:-$(python -c 'import torch; print(max(1, torch.cuda.device_count()))')}
shift || true
exec torchrun --standalone --nproc_per_node "$n" train.py "$@"
`;

export const slurmScript = (name: string): string => `#!/usr/bin/env bash
#SBATCH --job-name=${name}
#SBATCH --nodes=2
#SBATCH --ntasks-per-node=1
#SBATCH --gpus-per-node=4
#SBATCH --cpus-per-task=16
#SBATCH --time=04:00:00
#SBATCH --requeue
# A run that was cut off goes on from out/checkpoint.pt to the same batches: sbatch slurm.sh again, or let --requeue do it.
set -euo pipefail
cd "\${SLURM_SUBMIT_DIR:-$(dirname "$0")}"
head=$(scontrol show hostnames "$SLURM_JOB_NODELIST" | sed -n 1p)
port=$((10000 + SLURM_JOB_ID % 20000)) # jobs beside each other meet at ports of their own
export SRUN_CPUS_PER_TASK="\${SLURM_CPUS_PER_TASK:-1}" # srun takes no number from sbatch
srun torchrun --nnodes "$SLURM_NNODES" --nproc_per_node "\${SLURM_GPUS_ON_NODE:-1}" \\
  --rdzv_id "$SLURM_JOB_ID" --rdzv_backend c10d --rdzv_endpoint "$head:$port" train.py "$@"
`;

/** What stands in every project's README. */
export const EQUAL = `## What equals the lab

- **Batches**: row for row, of any number of processes: batches.py draws the lab’s plan again, or reads it where a file has it.
- **Loss**: passages of all processes are gathered, with gradients, so every question meets the whole batch: same-concept passages are no
  negatives, several right answers, temperature and weights of kinds as in the lab. \`--negatives own\` leaves each process to its own passages:
  fewer negatives, another experiment; the record says so.
- **Optimiser**: the lab’s AdamW. Vectors of pieces that a batch lacks stay as they are; only matrices decay. \`--optimizer torch\` is torch’s own;
  the record says so.
- **Evaluation**: the lab’s metrics, to the sixth digit on the same vectors; rankings and judgements for other tools.
- **No dropout**, as in the lab.`;

export const NOT_EQUAL = `## What does not

- Sums run in another order: losses agree to about four digits over the first steps, then drift as any two machines do. The record names its
  engine, and no digest equals the lab’s.
- \`--precision bf16\` rounds activations of a transformer. \`--chunk N\` and, of a transformer, \`--gradient-checkpointing\` save memory and change no gradient but by rounding.
  There is no gradient accumulation: it would add no negatives, \`--chunk\` does what is wanted of it.
- With \`--encoder\` the batches stay; start, tokens, prefixes and lengths are that model’s. Those of XLM-R, LaBSE, multilingual-e5 and mmBERT are in \`encoder.py\`.`;

/** @param first rows of what tells the runs */
export const FILES = (first: string): string => `## The files

| file | what it is |
| --- | --- |
${first}
| data/ | texts in the lab’s order, and what is evaluated; yours alone: mind the sets’ licences before you pass it on |
| start/ | the encoder before training |
| batches.py, plan/ | which rows meet in which batch; what that is drawn by |
| contrast.py, optimizers.py, encoder.py | loss over processes, AdamW, encoder |
| train.py, evaluate.py, record.py | the run, the metrics, the record |
| judges.py | the same metrics by sentence-transformers, trec_eval and mteb: \`pip install '.[judges]'\`, \`python judges.py out/model\` |
| project.py, places.py, tally.py, options.py | what is read, where it is written, what a run tells, what it is asked |`;

interface ReadmeFacts {
  readonly name: string;
  readonly spec: ExperimentSpec;
  readonly command: string;
  readonly decided: boolean; // whether decisions are in the project
}

export function projectReadme({ name, spec, command, decided }: ReadmeFacts): string {
  const { batch, steps, seed, encoder, data } = spec;
  const rules = [
    ...(mixRule(spec).observes === "nothing" ? [] : [batch.schedule]),
    ...(weightRule(spec).observes === "nothing" ? [] : [spec.loss.weighting]),
  ];
  const byRule = decided
    ? `What ${rules.length > 0 ? `the rule ${rules.join(" and ")}` : "a hand"} decided in the lab is followed as it was recorded; nothing is decided anew.`
    : "";
  const follows = byRule === "" ? "" : `\n${byRule}\n`;
  return `# ${name}

An experiment of Hybrid Batch Lab as a Python project: ${steps} steps of ${batch.size} rows on ${data.train}, from ${encoder.id}, seed ${seed}.
The same batches, the same loss and the same evaluation, trained by sentence-transformers on one process or on many.
${follows}
## Run it

\`\`\`
pip install .
torchrun --nproc_per_node 2 train.py           # two processes: each takes its part of every batch
\`\`\`

or, with \`--out FOLDER\` to keep several beside each other, one of

\`\`\`
python train.py                                # one process
accelerate launch --num_processes 2 train.py   # with GPUs: on CPUs accelerate starts one, torchrun all
bash run.sh                                    # all GPUs of this machine
sbatch slurm.sh                                # several machines; set nodes and GPUs in the file first
\`\`\`

\`out/run.json\` is the record, \`out/model\` the trained model, \`out/trec\` has rankings for trec_eval. The page takes the record among its runs; in the
lab's folder:

\`\`\`
npm run lab -- report /path/to/${name}/out/run.json
\`\`\`

A run that was ended goes on from \`out/checkpoint.pt\` when it is started again in the same way, to the same batches; one whose record is there is
left alone. \`python evaluate.py out/model\` evaluates any model on the same test. To train a published encoder along the same batches, here on eight GPUs:

\`\`\`
hf download FacebookAI/xlm-roberta-base        # once, where there is a network; cluster nodes often have none
torchrun --nproc_per_node 8 train.py --encoder FacebookAI/xlm-roberta-base --lr 3e-5 --precision bf16 --out out/xlmr
\`\`\`

${EQUAL}

${NOT_EQUAL}

${FILES("| experiment.json | the experiment and its data’s hashes |")}

Written by \`${command}\`, which writes it again.
`;
}
