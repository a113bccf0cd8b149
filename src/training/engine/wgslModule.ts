// A kernel as a whole WGSL module: its bindings, its parameters, its entry point. Pure text; compiles nothing.
import type { BufferUse, ParamType } from "./operand.ts";

export interface WgslParts {
  readonly buffers: readonly { readonly key: string; readonly use: BufferUse }[];
  readonly params: readonly { readonly key: string; readonly type: ParamType }[];
  readonly lanes: number;
  readonly body: string; // of the entry point
  readonly module: string; // declarations beside it
}

/** Workgroups past the last (the grid is rectangular) must leave at once: see `groups`. */
export function wgslModule({ buffers, params, lanes, body, module }: WgslParts): string {
  const declarations = buffers.map(({ key, use }, i) => {
    const access = use.startsWith("in ") ? "read" : "read_write";
    return `@group(0) @binding(${i}) var<storage, ${access}> ${key}: array<${use.endsWith("i32") ? "i32" : "f32"}>;`;
  });
  if (params.length > 0) {
    declarations.push(`struct Params { ${params.map(({ key, type }) => `${key}: ${type}`).join(", ")} }`);
    declarations.push(`@group(0) @binding(${buffers.length}) var<uniform> p: Params;`);
  }
  return `${declarations.join("\n")}
const LANES = ${lanes}u;
${module}
@compute @workgroup_size(${lanes})
fn main(@builtin(workgroup_id) workgroupId: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>,
        @builtin(local_invocation_index) lane: u32) {
  let group = workgroupId.y * workgroups.x + workgroupId.x;
  let index = group * LANES + lane;
${body}
}
`;
}
