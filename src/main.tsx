// Starts the page. Decides nothing.
import { createRoot } from "react-dom/client";

createRoot(document.getElementById("root")!).render(<h1>Hybrid Batch Lab</h1>);
