// The encoder to start from: a list of what comes with the lab, is kept here or is on the hub, any other by its id, and
// the facts of the one chosen. Downloads nothing by itself: a run does.
import { FolderUp, Trash2 } from "lucide-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { HUB_ENCODERS } from "../../core/encoders/encoderCatalog.ts";
import { SHIPPED, SHIPPED_ENCODERS, type ShippedEncoder } from "../../core/encoders/shippedEncoders.ts";
import { parseEncoderId, RANDOM_ENCODER } from "../../core/encoders/encoderId.ts";
import { draftStore } from "../../state/draftStore.ts";
import { encoderStore } from "../../state/encoderStore.ts";
import { Button } from "../controls/Button.tsx";
import { Notice } from "../controls/Notice.tsx";
import { DropZone } from "../addData/DropZone.tsx";
import { FilesButton } from "../addData/FilesButton.tsx";
import type { Given } from "../addData/givenFiles.ts";
import { EncoderFacts } from "./EncoderFacts.tsx";
import { StartScores } from "./StartScores.tsx";
import { HubSettings } from "./HubSettings.tsx";
import { FieldRow } from "../form/FieldRow.tsx";

const PATH = "encoder.id";
const choose = (id: string) => draftStore.getState().setField(PATH, id);

export function EncoderField() {
  const value = useStore(draftStore, ({ spec }) => spec.encoder.id);
  const here = useStore(encoderStore, (state) => state.here);
  const notes = useStore(encoderStore, (state) => state.notes);
  useEffect(() => void encoderStore.getState().refresh(), []);
  const listed = [RANDOM_ENCODER, ...SHIPPED_ENCODERS, ...[...here, ...HUB_ENCODERS].map(({ id }) => id)];
  return (
    <>
      <FieldRow path={PATH} wide>
        {(ids) => (
          <select
            id={ids.control}
            className="select select-wide"
            value={value}
            aria-describedby={ids.describedBy}
            onChange={(event) => choose(event.target.value)}
          >
            <optgroup label="Comes with the lab">
              {SHIPPED.filter(({ older }) => !older).map(shippedOption)}
              <option value={RANDOM_ENCODER}>Random weights, drawn from the seed</option>
            </optgroup>
            {here.length > 0 && (
              <optgroup label="Kept in this browser">
                {here.map(({ id }) => (
                  <option key={id}>{id}</option>
                ))}
              </optgroup>
            )}
            <optgroup label="On the Hugging Face hub">
              {HUB_ENCODERS.map(({ id, title, downloadMB }) => (
                <option key={id} value={id}>
                  {title} · {downloadMB} MB
                </option>
              ))}
            </optgroup>
            {SHIPPED.some(({ older }) => older) && (
              <optgroup label="Older, for links and records that name them">
                {SHIPPED.filter(({ older }) => older).map(shippedOption)}
              </optgroup>
            )}
            {!listed.includes(value) && <option value={value}>{value}</option>}
          </select>
        )}
      </FieldRow>
      {value !== RANDOM_ENCODER && <EncoderFacts id={value} />}
      <StartScores id={value} />
      {notes.map((note) => (
        <Notice key={note} tone="warn">
          {note}
        </Notice>
      ))}
      <OtherEncoder />
    </>
  );
}

const shippedOption = ({ info, title }: ShippedEncoder) => (
  <option key={info.id} value={info.id}>
    {title}
  </option>
);

/** A repository or address by its id, and a folder of one's own. */
function OtherEncoder() {
  const [typed, setTyped] = useState("");
  const busy = useStore(encoderStore, (state) => state.busy);
  const problem = useStore(encoderStore, (state) => state.problem);
  const chosen = useStore(draftStore, ({ spec }) => spec.encoder.id);
  const id = /^[\w.-]+\/[\w.-]+(@.+)?$/.test(typed.trim()) ? `hf:${typed.trim()}` : typed.trim();
  const isId = parseEncoderId(id) !== undefined;

  const lookUp = async () => {
    if (isId && (await encoderStore.getState().lookUp(id))) choose(id);
  };
  const add = async (given: readonly Given[]) => {
    const configs = given
      .map(({ path }) => path)
      .filter((path) => /(^|\/)(config|modules)\.json$/.test(path));
    const [top] = configs.sort((a, b) => a.length - b.length); // modules have a config.json of their own, deeper down
    const name = (top?.split("/").at(-2) ?? "my-encoder").replace(/[^A-Za-z0-9._-]/g, "-").slice(0, 64);
    const added = given.length > 0 ? await encoderStore.getState().add(name, given) : undefined;
    if (added !== undefined) choose(added);
  };
  return (
    <details className="otherEncoder" open={problem !== undefined || undefined}>
      <summary className="linkButton">Another encoder: from the hub, an address, or your own folder</summary>
      <div className="otherEncoder-row">
        <input
          className="textBox"
          type="text"
          placeholder="owner/name, owner/name@revision or https://…"
          aria-label="Repository of the Hugging Face hub, or address of a folder"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => event.key === "Enter" && void lookUp()}
        />
        <Button inactive={!isId || busy !== undefined} onClick={() => void lookUp()}>
          Look it up
        </Button>
      </div>
      <DropZone onGiven={(given) => void add(given)}>
        <FilesButton
          what="folder"
          label="Folder of a checkpoint"
          icon={FolderUp}
          inactive={busy !== undefined}
          onGiven={(given) => void add(given)}
        >
          Choose a folder …
        </FilesButton>
        <p className="field-note">
          or drop it here: config.json, tokenizer.json, model.safetensors. It stays in this browser.
        </p>
      </DropZone>
      {busy !== undefined && (
        <p role="status" className="field-note">
          {busy} …
        </p>
      )}
      {problem !== undefined && (
        <Notice
          tone="bad"
          title="This encoder cannot be used"
          onDismiss={() => encoderStore.getState().dismissProblem()}
        >
          {problem}
        </Notice>
      )}
      {chosen.startsWith("local:") && (
        <Button
          look="danger"
          icon={Trash2}
          onClick={() => {
            void encoderStore.getState().remove(chosen.slice("local:".length));
            choose(RANDOM_ENCODER);
          }}
        >
          Remove {chosen} from this browser
        </Button>
      )}
      <HubSettings />
    </details>
  );
}
