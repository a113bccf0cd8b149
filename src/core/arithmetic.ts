// Which arithmetic made a run: what decides, with the device, whether a run made again must have equal bits.

/**
 * Raise it in the commit that changes bits of plan, training or metrics (a digest of src/testing/history comes out
 * different, or would for a run that is not among them), and for nothing else; say what changed:
 * 1 all that 0.1 had; 2 attention made again on the way back, so encoders with layers (ADR 18). What differs between devices
 * is no version: fused products have a device's name of their own (ADR 17).
 */
export const ARITHMETIC = 2;
