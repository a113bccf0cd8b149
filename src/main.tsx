// Starts the page, and what lets it work without a network. Everything else is in components/shell/App.tsx.
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./components/theme.css";
import { App } from "./components/shell/App.tsx";
import { refuseMissedDrops } from "./components/controls/missedDrops.ts";
import { EmbeddedApp } from "./components/embed/EmbeddedApp.tsx";
import { isEmbedded } from "./state/viewStore.ts";

refuseMissedDrops();

let isShown = false;
function show(): void {
  if (isShown) return;
  isShown = true;
  createRoot(document.getElementById("root")!).render(
    <StrictMode>{isEmbedded ? <EmbeddedApp /> : <App />}</StrictMode>,
  );
  import("./components/controls/tellTitles.ts").then(
    ({ tellTitles }) => tellTitles(),
    () => undefined, // cut off from its server: a mouse reads them nevertheless
  );
}

const loadOffline = () => import("./state/offline/startOffline.ts");
const OFFLINE_MS = 3000; // fetched behind the page
/** A first visit that is about to be loaded again for threads begins nothing, but nobody waits longer for it. */
const DECIDED_MS = 2000;

if (!import.meta.env.PROD || window.crossOriginIsolated || window.top !== window) {
  show();
  if (import.meta.env.PROD)
    setTimeout(() => void loadOffline().then((part) => part.startOffline()), OFFLINE_MS);
} else {
  setTimeout(show, DECIDED_MS);
  loadOffline().then((part) => part.startOffline(show), show);
}
