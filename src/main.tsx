// Starts the page. Everything else is in components/shell/App.tsx.
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./components/theme.css";
import { App } from "./components/shell/App.tsx";

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
