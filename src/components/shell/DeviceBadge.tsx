// Where tensors live, in the header: the backend and adapter of the latest run, or what this browser offers.
import { Cpu, Gauge, Zap } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { draftStore } from "../../state/draftStore.ts";
import { gpuOfferStore, type GpuOffer } from "../../state/gpuOffer.ts";
import { workersStore } from "../../state/workersStore.ts";
import { BenchmarkDialog } from "../benchmark/BenchmarkDialog.tsx";
import { Button } from "../controls/Button.tsx";
import { deviceText } from "../words/deviceText.ts";
import { Dialog } from "../controls/Dialog.tsx";

export function DeviceBadge() {
  const device = useStore(workersStore, (state) => state.device);
  const wanted = useStore(draftStore, (state) => state.spec.compute.backend);
  const { offer } = useStore(gpuOfferStore);
  const [open, setOpen] = useState<"device" | "benchmark">();
  const close = () => setOpen(undefined);

  const words = wordsOf(device?.backend, wanted, offer);
  const [short = ""] = words.split(":");
  const rest = words.slice(short.length);
  const webgpu = words === "WebGPU";
  const Icon = webgpu ? Zap : Cpu;
  const adapter = device?.adapter ?? (webgpu ? offer?.adapter : undefined);
  return (
    <>
      <button
        type="button"
        className={`badge ${webgpu ? "badge-good" : ""}`}
        aria-haspopup="dialog"
        title={adapter === undefined ? words : `${words}: ${adapter}`}
        onClick={() => setOpen("device")}
      >
        <Icon aria-hidden size="1.1em" />
        <span className="badge-words">{short}</span>
        {rest !== "" && <span className="visuallyHidden">{rest}</span>}
        {adapter !== undefined && webgpu && <span className="badge-adapter">{adapter}</span>}
      </button>
      {open === "benchmark" && <BenchmarkDialog onClose={close} />}
      {open === "device" && (
        <Dialog
          title="Where it trains"
          onClose={close}
          footer={
            <>
              <Button icon={Gauge} onClick={() => setOpen("benchmark")}>
                How fast is it?
              </Button>
              <Button look="primary" onClick={close}>
                Close
              </Button>
            </>
          }
        >
          <dl className="pairs">
            <dt>Asked for</dt>
            <dd>{wanted === "auto" ? "the fastest available" : wanted}</dd>
            <dt>WebGPU here</dt>
            <dd>{offer ? (offer.webgpu ? offer.adapter : `no: ${offer.adapter}`) : "not known yet"}</dd>
            <dt>Latest run</dt>
            <dd>{device ? deviceText(device) : "none yet"}</dd>
            {device?.notes.map((note) => (
              <div key={note} className="pairs-note">
                {note}
              </div>
            ))}
            {Object.entries(device?.versions ?? {}).map(([name, version]) => (
              <div key={name} className="pairs-row">
                <dt>{name}</dt>
                <dd className="code">{version}</dd>
              </div>
            ))}
          </dl>
          {offer && (!offer.webgpu || offer.software) && (
            <p>
              Everything works without a graphics processor: training runs on WebAssembly, on the processor,
              and gives the same results within a small tolerance. It is slower, so keep the encoder small.
              Current Chrome and Edge have WebGPU; in Firefox and Safari it depends on version and system. A
              graphics driver that is out of date or blocked can be the reason, too.
            </p>
          )}
          <p className="field-note">
            Two runs of one experiment on one device repeat bit for bit; between devices they agree within a
            tolerance. Nothing you type or train leaves this computer.
          </p>
        </Dialog>
      )}
    </>
  );
}

/** What runs, or will run: the latest run knows best, then the browser's offer. Up to a colon: for the badge. */
function wordsOf(backend: string | undefined, wanted: string, offer: GpuOffer | undefined): string {
  const auto = wanted === "auto";
  const runs = backend ?? (auto ? offer && (offer.webgpu && !offer.software ? "webgpu" : "wasm") : wanted);
  if (runs === undefined) return "looking: is there WebGPU?";
  if (runs === "webgpu") return "WebGPU";
  if (runs === "cpu") return "plain JavaScript";
  if (offer && !offer.webgpu) return "no WebGPU: training on WebAssembly";
  if (offer?.software && auto) return "WebAssembly: this browser has WebGPU in software only";
  return "WebAssembly";
}
