// Fetches the dialog of exports, which is no part of the first load.

export const loadExport = () => import("./ExportDialog.tsx");
