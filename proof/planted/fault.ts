/** A mistake that somebody could make, put into the code on purpose: does anything see it? */
export interface Fault {
  /** What the mistake is, in a few words. */
  name: string;
  file: string;
  /** Text that stands in the file exactly once. */
  from: string;
  to: string;
  /** Tests that are to see it where the simulator does not: parts of their paths. */
  tests: readonly [string, ...string[]];
}
