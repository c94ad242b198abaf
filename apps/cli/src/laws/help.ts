/** What `synfin laws --help` prints. */
export const LAWS_HELP = `usage: synfin laws [OPTIONS] -- PROGRAM [ARGUMENTS]
       synfin laws --list [--json]

Holds your own TCP to the laws of a black box. PROGRAM is an adapter: it reads
lines of JSON, which say what arrives, what its user calls and what time it is,
and answers each with a line that says which segments go out and what its user
is told. In random runs it talks to synfin's own machine, in virtual time, over
a link that loses, duplicates, delays and reorders. A run that breaks a law is
made as small as it goes, and printed as a script and a ladder, with the
command that plays it again.

The lines and their fields are described in the README of @synfin/properties,
whose folder examples/small-tcp has an adapter in C to begin with.

  --runs N    how many random runs; 200 by default; in fewer a law may have
              nothing to say without any harm
  --seed N    a whole number from 0 on; 1 by default
  --path P    plays one case of a seed, as a failure prints it, and shows what
              PROGRAM writes to standard error
  --list      the laws: the name, what it says, and where it is written
  --json      one object: passed failure runs seed met (how often each law
              had anything to say); with --list: law source says
  --help      this text

Exits with 0 where all laws hold, 1 where one is broken, where an answer breaks
the rules, or where a law hardly ever had anything to say; 2 for bad usage and
for a program that cannot be started or does not answer.
`;
