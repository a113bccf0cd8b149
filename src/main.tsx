// Starts the page, and what lets it work without a network. Everything else is in components/shell/App.tsx.
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./components/theme.css";
import { App } from "./components/shell/App.tsx";
import { EmbeddedApp } from "./components/embed/EmbeddedApp.tsx";
import { isEmbedded } from "./state/viewStore.ts";

/** Fetched behind the page; at once where a first visit is loaded again for threads. */
const OFFLINE_MS = window.crossOriginIsolated ? 3000 : 0;
if (import.meta.env.PROD)
  setTimeout(
    () => void import("./state/offline/startOffline.ts").then((part) => part.startOffline()),
    OFFLINE_MS,
  );

createRoot(document.getElementById("root")!).render(
  <StrictMode>{isEmbedded ? <EmbeddedApp /> : <App />}</StrictMode>,
);
