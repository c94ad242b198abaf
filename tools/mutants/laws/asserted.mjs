/** What breaks a run that no law looks at: the machine's own assertions, or a run without end. */
export const ASSERTED = "machineAsserts";
