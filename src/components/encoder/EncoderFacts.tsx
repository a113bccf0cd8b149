// What is known of the chosen checkpoint: licence, shape, what it downloads, and about how much memory training takes.
import { useStore } from "zustand";
import { HUB_ENCODERS } from "../../core/encoders/encoderCatalog.ts";
import { findShipped } from "../../core/encoders/shippedEncoders.ts";
import { typicalMemory } from "../../core/encoders/estimateMemory.ts";
import { draftStore } from "../../state/draftStore.ts";
import { encoderStore } from "../../state/encoderStore.ts";
import { PAGE_HUB } from "../../state/workersStore.ts";
import { preferencesStore } from "../../state/preferencesStore.ts";
import { bytesText } from "../words/bytesText.ts";
import { countText } from "../words/numberText.ts";

export function EncoderFacts({ id }: { id: string }) {
  const info = useStore(encoderStore, (state) => state.facts[id]);
  const batchSize = useStore(draftStore, ({ spec }) => spec.batch.size);
  const maxTokens = useStore(draftStore, ({ spec }) => spec.encoder.maxTokens);
  const kept = useStore(encoderStore, ({ downloads }) => downloads.find((one) => one.id === id));
  const host = new URL(useStore(preferencesStore, ({ hub }) => hub) || PAGE_HUB).host;
  const shipped = findShipped(id);
  const entry = HUB_ENCODERS.find((known) => known.id === id) ?? shipped;
  if (!info) {
    return (
      <p className="field-note">
        Its layers, width and pooling are read when a run starts. Look it up below to see them now.
      </p>
    );
  }
  const megabytes = countText(Math.round(info.bytes / 1e6));
  return (
    <div className="facts">
      {entry && <p>{entry.note}</p>}
      {shipped && (
        <p className="field-note">
          In links and on the command line: <code>{id}</code>
        </p>
      )}
      <p>
        <strong>{info.layers === 0 ? "No" : info.layers}</strong> layers · <strong>{info.outputs}</strong>{" "}
        dimensions · <strong>{countText(info.vocabRows)}</strong> pieces
      </p>
      <p className="field-note">
        {entry ? `Licence ${entry.licence}. ` : ""}
        {kept
          ? `Downloaded: ${bytesText(kept.bytes)} in this browser`
          : id.startsWith("hf:")
            ? `A run downloads ${megabytes} MB from ${host} and keeps them for the next`
            : `${megabytes} MB`}
        ; a run takes only the pieces that its texts use.
        {shipped && (
          <>
            {" "}
            <a href={`models/${id}/README.md`} target="_blank" rel="noreferrer">
              Data, recipe and results
            </a>
            .
          </>
        )}
        {info.prefixes && ` Texts are prefixed “${info.prefixes.query}” and “${info.prefixes.passage}”.`}
      </p>
      {info.notes.map((note) => (
        <p className="field-note" key={note}>
          {note}.
        </p>
      ))}
      <p className="field-note">{typicalMemory(info, maxTokens, batchSize)}</p>
    </div>
  );
}
