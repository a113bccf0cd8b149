// The part of AssemblyScript's compiler that buildSimd.mjs uses. The package's own types redeclare Array and other
// globals for AssemblyScript, which would change the meaning of every TypeScript file here; tsconfig.json maps to this.
interface CompilerIo {
  readFile(name: string): string | null;
  writeFile(name: string, contents: Uint8Array | string): void;
  listFiles(): string[];
}
declare const asc: {
  main(args: string[], io: CompilerIo): Promise<{ error: Error | null; stderr: { toString(): string } }>;
};
// eslint-disable-next-line import-x/no-default-export -- the package exports so
export default asc;
