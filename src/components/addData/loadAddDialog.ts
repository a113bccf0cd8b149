// The dialog that asks what given files are: fetched after the page, so that it is there before the network may be gone.
export const loadAddDialog = () => import("./AddDialog.tsx");
