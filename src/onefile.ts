// Starts what trains in a page saved as one file, once the file is read to its end. Everything else is in components/onefile.
import { startOpened } from "./components/onefile/startOpened.ts";

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", startOpened);
else startOpened();
