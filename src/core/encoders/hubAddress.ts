// The address of the Hugging Face hub, or of a mirror with the same paths. Asks no server.

export const HUB_ADDRESS = "https://huggingface.co";

/**
 * @param page the page's own origin, which may be asked without https
 * @returns the address without a slash at its end; undefined for a text that is none the page may reach
 */
export function parseHubAddress(text: string, page: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, origin, pathname, search, hash, username, password } = new URL(text);
  const mayAsk = protocol === "https:" || origin === page;
  if (!mayAsk || search || hash || username || password) return undefined;
  return origin + pathname.replace(/\/+$/, "");
}
