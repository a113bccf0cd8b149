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
  "connect-src 'self' https:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

export function contentSecurity(): Plugin {
  return {
    name: "content-security",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: POLICY },
        injectTo: "head-prepend",
      },
    ],
  };
}
