// The built page's Content-Security-Policy, as a tag in index.html. The dev server is left without one: it injects
// inline scripts for hot reload.
import type { Plugin } from "vite";

/**
 * Code comes from here alone. Data and encoders may be fetched from any https address, because a person may name one, and
 * the hub redirects to hosts it chooses (docs/adr/0009). React and Recharts set style attributes, tfjs compiles WebAssembly. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
];

/** @param hub a mirror of the hub that the page may ask too, e.g. one without https */
export function contentSecurity(hub?: string): Plugin {
  const mirror = hub ? ` ${new URL(hub).origin}` : "";
  const policy = [...POLICY, `connect-src 'self' https:${mirror}`].join("; ");
  return {
    name: "content-security",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: policy },
        injectTo: "head-prepend",
      },
    ],
  };
}
