// Measuring this device: choice of backend, run and stop, progress, the figures and their copies. Measures nothing itself.
import { Gauge, Square } from "lucide-react";
import { useStore } from "zustand";
import { benchmarkText } from "../../core/record/benchmarkReport.ts";
import type { MeasuredBackend } from "../../core/run/device.ts";
import { benchmarkStore } from "../../state/benchmarkStore.ts";
import { Button } from "../controls/Button.tsx";
import { CopyButton } from "../controls/CopyButton.tsx";
import { Dialog } from "../controls/Dialog.tsx";
import { Notice } from "../controls/Notice.tsx";
import { Segmented } from "../controls/Segmented.tsx";
import { BenchmarkTable } from "./BenchmarkTable.tsx";
import "./benchmark.css";

const BACKENDS: readonly { readonly value: MeasuredBackend; readonly label: string }[] = [
  { value: "auto", label: "Fastest" },
  { value: "webgpu", label: "WebGPU" },
  { value: "wasm", label: "WebAssembly" },
];

export function BenchmarkDialog({ onClose }: { readonly onClose: () => void }) {
  const { backend, status, progress, report, error } = useStore(benchmarkStore);
  const { setBackend, measure, stop } = benchmarkStore.getState();
  const going = status === "measuring" || status === "stopping";
  return (
    <Dialog
      title="How fast is this device?"
      wide
      onClose={onClose}
      footer={
        <>
          {report && (
            <>
              <CopyButton text={benchmarkText(report)}>Copy as a table</CopyButton>
              <CopyButton text={JSON.stringify(report, null, 2)}>Copy as JSON</CopyButton>
            </>
          )}
          <Button onClick={onClose}>Close</Button>
        </>
      }
    >
      <div className="benchmark">
        <p>
          Measures what the lab spends its time on: matrix products, training steps and evaluation, each five
          times on invented data, in the worker that trains. It takes about a minute. Other work on this
          computer makes the figures worse.
        </p>
        <div className="benchmark-start">
          <Segmented label="Measure on" options={BACKENDS} value={backend} onChange={setBackend} />
          {going ? (
            <Button icon={Square} inactive={status === "stopping"} onClick={() => void stop()}>
              {status === "stopping" ? "Stopping" : "Stop"}
            </Button>
          ) : (
            <Button look="primary" icon={Gauge} onClick={() => void measure()}>
              Measure
            </Button>
          )}
        </div>
        <div role="status" className="benchmark-progress">
          {going && (
            <>
              <progress max={progress?.total ?? 1} value={progress?.done ?? 0} aria-label="Cases measured" />
              <span>{progress?.label ?? "starting the device"}</span>
            </>
          )}
        </div>
        {status === "failed" && error !== undefined && <Notice tone="bad">{error}</Notice>}
        {report && <BenchmarkTable report={report} />}
      </div>
    </Dialog>
  );
}
