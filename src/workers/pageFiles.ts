// Files that come with the page, fetched by a worker. Never reaches another server.

/** @throws Error naming the file and the status */
export async function readPageText(base: string, path: string): Promise<string> {
  const response = await fetch(base + path);
  if (!response.ok)
    throw new Error(`${path}: the server answered ${response.status}; the page is not complete`);
  return response.text();
}
