// Which stored names a lab made up itself, before it kept whether a person had: those give way to what runs say of themselves.
import { PRESETS } from "../spec/presets.ts";

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const LABELS = ["custom", ...PRESETS.flatMap(({ name, label }) => [name, label])].map(escaped).join("|");
const MADE_UP = new RegExp(`^(${LABELS})( \\d+)?(, from step \\d+( \\d+)?)?$`);
const FILE = /^run( \(\d+\))?$/; // as browsers number what is saved twice

/** "Hybrid", "Hybrid 2", "Hybrid, from step 100", "run (3)": no person's words. */
export const isAutomaticName = (name: string): boolean => MADE_UP.test(name) || FILE.test(name);
