/**
 * Mutants that a law ought to see and that none sees in the runs of `npm run mutants --
 * --laws`, each with what is missing for it. One that a law has come to see fails it: it
 * is to be taken out of here.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const MISSED = {
  "what limited transmit has sent counts for ssthresh":
    "lets through less than a segment more: `flightFitsTheNetwork` does not count so closely",
  "slow start does not end":
    "runs that come to it: `flightFitsTheNetwork` judges nothing after a loss of which several acknowledgments come within a microsecond",
  "SACK blocks do not count for the size of a segment":
    "runs that come to it: an end that holds text out of order while it sends full segments",
  "the user does not hear of more urgent text":
    "runs that come to it: more urgent text in its place while the user has some to read",
  "congestion avoidance adds a constant":
    "longer texts: in a random run all that it adds is less than a segment",
  "a shut window is not probed":
    "a law on when a shut window is probed: the timer of the probe is set again and again instead",
  "URG at a shut window is not looked at":
    "steps that come to it: new urgent text, exactly at a window that is shut",
  "R2 is 99 s":
    "runs that come to it: a connection is given up at the first timeout past R2, and none falls between 99 and 100 s",
};
