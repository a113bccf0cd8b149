// The lab's version as run records state it; a test keeps it equal to package.json's.
export const LAB_VERSION = "0.2.0";
