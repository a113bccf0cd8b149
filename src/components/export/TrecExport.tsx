// Rankings of the run whose weights are still here, as TREC files: which questions, which pool, how deep. Ranks nothing.
import { messageOf } from "../../core/messageOf.ts";
import { Download } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { fileName } from "../../core/series/csv.ts";
import { evalLanguages } from "../../core/spec/resolve.ts";
import { irMetadata } from "../../core/trec/irMetadata.ts";
import { detailOf, isGoing, type Run } from "../../state/run/run.ts";
import { fetchRankings } from "../../state/rankings.ts";
import { runStore } from "../../state/runStore.ts";
import { saveFile } from "../controls/saveFile.ts";
import { countText } from "../words/numberText.ts";
import { Button } from "../controls/Button.tsx";
import { Segmented } from "../controls/Segmented.tsx";
import { languageLabel } from "../words/languageWords.ts";

const DEPTHS = ["10", "100", "1000"] as const;
/** About the bytes of a line: ids, rank, nine digits of score, tag. */
const LINE_BYTES = 62;

export function TrecExport({ run }: { readonly run: Run }) {
  const weightsId = useStore(runStore, (state) => state.weightsId);
  const languages = evalLanguages(run.spec);
  const [kind, setKind] = useState<"mono" | "multi">("multi");
  const [language, setLanguage] = useState(languages[0] ?? "");
  const [depth, setDepth] = useState<(typeof DEPTHS)[number]>("1000");
  const [headed, setHeaded] = useState(false);
  const [outcome, setOutcome] = useState("");
  const [working, setWorking] = useState(false);
  if (run.id !== weightsId || isGoing(run)) {
    return (
      <p className="field-note">
        {isGoing(run)
          ? "Rankings can be saved when the run has ended."
          : "Rankings are made by the weights of the run that was trained last, since the page was opened; those of this run are gone. Train it again, or use “lab run … --trec DIR” on the command line."}
      </p>
    );
  }
  const own = detailOf(run).record?.final.perLanguage[language]?.queries ?? 0;
  const pool = detailOf(run).record?.final.pool ?? 0;
  const inPool = kind === "multi" ? pool : Math.ceil(pool / Math.max(1, languages.length));
  const lines = own * Math.min(Number(depth), inPool);
  const save = async () => {
    setWorking(true);
    setOutcome("Ranking…");
    try {
      const files = await fetchRankings({ runId: run.id, kind, language, depth: Number(depth) });
      const name = (ending: string) => fileName(`${run.name} ${kind}-${language} top-${depth}`, ending);
      const { record } = detailOf(run);
      const head = headed && record ? irMetadata(record, { kind, language }) : "";
      saveFile(name("run"), "text/plain", new Blob([head, files.run]));
      saveFile(name("qrels"), "text/plain", files.qrels);
      setOutcome(`Saved as ${name("run")} and ${name("qrels")}`);
    } catch (error) {
      setOutcome(messageOf(error));
    }
    setWorking(false);
  };
  return (
    <>
      <div className="export-settings">
        <label>
          Questions in{" "}
          <select className="select" value={language} onChange={({ target }) => setLanguage(target.value)}>
            {languages.map((lang) => (
              <option key={lang} value={lang}>
                {languageLabel(lang)}
              </option>
            ))}
          </select>
        </label>
        <Segmented
          label="Passages searched"
          value={kind}
          onChange={setKind}
          options={[
            { value: "mono", label: "same language" },
            { value: "multi", label: "all languages" },
          ]}
        />
        <Segmented
          label="Passages kept per question"
          value={depth}
          onChange={setDepth}
          options={DEPTHS.map((value) => ({ value, label: `top ${countText(Number(value))}` }))}
        />
      </div>
      <label className="export-check" title="trec_eval, ir_measures and ranx take no such head">
        <input type="checkbox" checked={headed} onChange={({ target }) => setHeaded(target.checked)} /> Headed
        by ir_metadata, for repro_eval
      </label>
      <p className="field-note">
        Up to {countText(lines)} lines, about {countText(Math.ceil((lines * LINE_BYTES) / 1e6))} MB, and a
        small file of right answers. Measures with a cut up to {countText(Number(depth))} come out as here;
        average precision needs whole rankings, which the command line writes with --trec-depth all.
      </p>
      <div className="export-settings">
        <Button look="primary" icon={Download} inactive={working || lines === 0} onClick={() => void save()}>
          Save run and qrels
        </Button>
        <span role="status">{outcome}</span>
      </div>
    </>
  );
}
