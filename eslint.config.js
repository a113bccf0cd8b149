// Decides what code may import and which mistakes are errors. One object per layer: a later object that sets the
// same rule for the same file replaces it. scripts/layers.test.ts plants breaches and expects each to be reported.
import { createNodeResolver, importX } from "eslint-plugin-import-x";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

/** Data tables: long by nature, so `max-lines` does not apply. */
const DATA_TABLES = ["src/core/spec/fields.ts"];

/** Files with a function of more than six parameters: which one, how many, and why. */
const MANY_PARAMETERS = [
  [
    "src/training/kernels/adamw.ts",
    9,
    "updateRange: the inner loop, called once a row; an object would be made each time",
  ],
];

const TESTS = ["src/**/*.test.ts", "src/**/*.test.tsx"];

/** The half of src/workers that the page loads. */
const PAGE_SIDE = [
  "protocol",
  "rpc",
  "replaceablePort",
  "silence",
  "placedFetch",
  "heldFetch",
  "*Client",
].map((file) => `src/workers/${file}.ts`);

/**
 * The layers of the architecture. `paths` are globs under src/ (the rule takes no mixture of globs and plain
 * paths), `packages` regular expressions on the whole specifier. What is not listed is refused; type imports count.
 */
/** Libraries that read file formats; pure code, no DOM (ADR 12). */
const FORMAT_PACKAGES = [
  "@zip\\.js/zip\\.js(/.+)?",
  "modern-tar",
  "papaparse",
  "saxes",
  "hyparquet",
  "hyparquet-compressors",
];

const LAYERS = [
  {
    name: "core",
    files: ["src/core/**"],
    paths: ["core/**"],
    packages: ["valibot", "pure-rand(/.+)?", "@noble/hashes/.+", "ml-matrix", ...FORMAT_PACKAGES],
    pure: true,
  },
  {
    name: "training",
    files: ["src/training/**"],
    paths: ["core/**", "training/**"],
    packages: [
      "@tensorflow/.+",
      "@huggingface/tokenizers",
      "@noble/hashes/.+",
      "@zip.js/zip.js/lib/zip-core-native.js",
      "ml-matrix",
      "ml-pca",
    ],
  },
  {
    // The worker's own side. Only entries reach it: neither the page side below nor state may import these files.
    name: "workers (worker side)",
    files: ["src/workers/**"],
    ignores: PAGE_SIDE,
    paths: ["core/**", "training/**", "workers/**"],
    // Only the addresses of the wasm binaries; the code behind them belongs to training.
    packages: ["@tensorflow/tfjs-backend-wasm/dist/[\\w.-]+\\.wasm\\?url"],
  },
  {
    name: "workers (page side and protocol)",
    files: PAGE_SIDE,
    // Entries of workers are inside a file that trains: as text, of which nothing runs in the page (fileClient.ts).
    paths: [
      "core/**",
      "workers/{protocol,rpc,replaceablePort,silence,placedFetch,heldFetch,*Client}.ts",
      "workers/file*.worker.ts*",
    ],
    packages: [],
  },
  {
    name: "state",
    files: ["src/state/**"],
    paths: ["core/**", "state/**", "workers/{protocol,placedFetch,*Client}.ts"],
    packages: ["zustand/(vanilla|middleware)", "idb"],
    typeOnly: ["workers/protocol\\.ts$"],
  },
  {
    name: "components",
    files: ["src/components/**"],
    paths: ["core/**", "state/**", "components/**"],
    packages: [
      "react",
      "react-dom(/server)?",
      "recharts",
      "zustand(/(react/)?shallow)?",
      "lucide-react",
      "uqr",
      "jspdf",
      "svg2pdf\\.js",
      "@tanstack/react-table",
      "@tanstack/react-virtual",
    ],
  },
  {
    name: "main",
    files: ["src/*.ts", "src/*.tsx"],
    paths: ["components/**", "state/**"],
    packages: ["react", "react-dom/client", "@fontsource-variable/inter(/.+)?"],
  },
  {
    name: "cli",
    files: ["src/cli/**"],
    // Of the page only what draws a study's pictures without one (ADR 54).
    paths: ["core/**", "training/**", "cli/**", "components/study/figureFiles.*"],
    packages: ["node:.+", "webgpu"],
    node: true,
  },
];

const extensionless = {
  regex: "^\\.{1,2}/(?!.*\\.(ts|tsx|mts|js|mjs|css|json|wasm|ttf)(\\?[\\w&]+)?$)",
  message: "A relative import names the file with its extension: './batchSampler.ts'.",
};

const SYNTAX = [
  { selector: "ExportAllDeclaration", message: "No barrels: export names where they are defined." },
  { selector: "TSEnumDeclaration", message: "A union of string literals instead of an enum." },
  ...["Object", "Array"].map((kind) => ({
    selector: `${kind}Expression > SpreadElement > ${kind}Expression`,
    message: "A literal spread into a literal: write its members out, and let the formatter break the lines.",
  })),
];

const clock = (property) => ({
  object: "Date",
  property,
  message: "core has no clock: take the time as an argument.",
});
const mathRandom = {
  object: "Math",
  property: "random",
  message: "Take a generator from core/random.ts: equal seeds must give equal runs.",
};
const HOST_GLOBALS = ["process", "Buffer", "global", "__dirname", "__filename", "require"];
const IMPURE_GLOBALS = [
  "window",
  "document",
  "navigator",
  "location",
  "history",
  "localStorage",
  "self",
  "performance",
  "crypto",
  "fetch",
  "setTimeout",
  "setInterval",
  "queueMicrotask",
  "requestAnimationFrame",
  "console",
];

/** Flat config of one layer: allowed folders, allowed packages (static and dynamic imports), forbidden globals. */
function layer({ name, files, ignores = [], paths, packages, typeOnly = [], pure = false, node = false }) {
  const refused = `(?!\\.{1,2}/)(?!(?:${packages.join("|") || "$"})$).+`;
  const allowed = [...paths.map((path) => `src/${path}`), ...packages].join(", ");
  const message = `${name} may import only ${allowed}.`;
  const globals = [...(node ? [] : HOST_GLOBALS), ...(pure ? IMPURE_GLOBALS : [])];
  return {
    name: `layer: ${name}`,
    files,
    ignores: [...TESTS, ...ignores],
    rules: {
      "import-x/no-restricted-paths": [
        "error",
        {
          zones: [
            {
              target: "./src",
              from: "./src/**/*",
              except: paths.map((path) => `${import.meta.dirname.replaceAll("\\", "/")}/src/${path}`),
              message,
            },
            { target: "./src", from: ["./scripts", "./bench", "./e2e"], message },
          ],
        },
      ],
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            { regex: `^${refused}`, message },
            extensionless,
            ...typeOnly.map((regex) => ({
              regex,
              allowTypeImports: true,
              message: `${name} may import only its types.`,
            })),
          ],
        },
      ],
      "no-restricted-syntax": [
        "error",
        ...SYNTAX,
        // no-restricted-imports does not look at import(); esquery's regular expressions hold no slash.
        { selector: `ImportExpression > Literal[value=/^${refused.replaceAll("/", "\\u002F")}/]`, message },
        {
          selector: "ImportExpression > :not(Literal)",
          message: "import() takes a literal, so that lint can read it.",
        },
        ...(pure
          ? [
              {
                selector: "NewExpression[callee.name='Date'][arguments.length=0]",
                message: clock("").message,
              },
            ]
          : []),
      ],
      "no-restricted-properties": ["error", mathRandom, ...(pure ? [clock("now")] : [])],
      "no-restricted-globals": ["error", ...globals.map((global) => ({ name: global, message }))],
    },
  };
}

/** A rule the plugins lack: every file opens with a comment that says what it decides or owns. */
const fileHeader = {
  create: (context) => ({
    Program(node) {
      if (!/^(#!.*\n)?\s*\/[/*]/.test(context.sourceCode.text))
        context.report({
          node,
          message: "The first line says what this file decides or owns, and what it never does.",
        });
    },
  }),
};

// The path rules below need no code of their own: matching the file is the breach.
const badName = (files, message) => ({
  files,
  rules: { "lab/no-such-file": ["error", message] },
});
const noSuchFile = {
  meta: { schema: [{ type: "string" }] },
  create: (context) => ({ Program: (node) => context.report({ node, message: context.options[0] }) }),
};

export default tseslint.config(
  { ignores: ["dist/", "node_modules/", ".lab/", "out/", "public/", "test-results/", "playwright-report/"] },
  {
    name: "every file",
    files: ["**/*.{ts,tsx,js,mjs}"],
    extends: [tseslint.configs.base],
    plugins: {
      "import-x": importX,
      lab: { rules: { "file-header": fileHeader, "no-such-file": noSuchFile } },
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    settings: {
      "import-x/resolver-next": [createNodeResolver()],
      "import-x/extensions": [".ts", ".tsx", ".mjs", ".js"],
      "import-x/parsers": { "@typescript-eslint/parser": [".ts", ".tsx"] },
    },
    rules: {
      "max-lines": ["error", { max: 400 }],
      "max-params": ["error", { max: 6 }],
      "import-x/no-cycle": ["error", { ignoreExternal: true }],
      "import-x/no-self-import": "error",
      "import-x/no-duplicates": ["error", { "prefer-inline": true }],
      "no-restricted-syntax": ["error", ...SYNTAX],
      "no-console": "off",
      "no-var": "error",
      "prefer-const": "error",
      eqeqeq: ["error", "always"],
      "no-debugger": "error",
      "no-warning-comments": ["error", { terms: ["fixme", "xxx", "hack"], location: "start" }],
    },
  },
  {
    name: "typed code",
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // Objects here are closures: their methods use no `this` and may be taken apart.
      "@typescript-eslint/unbound-method": "off",
      // An interface's method may be async in one implementation and plain in another.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/no-restricted-imports": ["error", { patterns: [extensionless] }],
    },
  },
  {
    name: "headers, but for tests: their names say what they hold",
    files: ["**/*.{ts,tsx,js,mjs}"],
    ignores: ["**/*.{test,spec}.{ts,tsx}"],
    rules: { "lab/file-header": "error" },
  },
  { name: "data tables", files: DATA_TABLES, rules: { "max-lines": "off" } },
  ...MANY_PARAMETERS.map(([file, max, reason]) => ({
    name: reason,
    files: [file],
    rules: { "max-params": ["error", { max }] },
  })),
  {
    name: "named exports only",
    files: ["src/**", "bench/**", "e2e/**", "scripts/**"],
    rules: { "import-x/no-default-export": "error" },
  },
  ...LAYERS.map(layer),
  {
    name: "tests of src, and src/testing: any layer, but still reproducible",
    files: [...TESTS, "src/testing/**"],
    rules: { "no-restricted-properties": ["error", mathRandom] },
  },
  {
    name: "React",
    files: ["src/**/*.tsx", "src/components/**/*.ts"],
    ...reactHooks.configs.flat["recommended-latest"],
  },
  badName(["**/index.{ts,tsx}"], "No barrels: import the file itself, and name this one for what it holds."),
  badName(
    ["**/{utils,util,helpers,helper,common,manager,misc,types2}.{ts,tsx,mjs}"],
    "Name the file for the noun or verb it holds.",
  ),
);
