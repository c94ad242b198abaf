/**
 * One point of what the elements promise, in our words. `open` says what no
 * test shows yet: with tests beside it the point is held in part. `command`
 * is what shows a point that no test can.
 *
 * @typedef {{ point: number, asks: string, open?: string, command?: string }} Point
 */

/** @typedef {{ name: string, points: readonly Point[] }} Group */

/**
 * What a title of a test names with `[point 22]` or `[points 22, 23]`. The
 * numbers never change; a point is open until its `open` is taken away here.
 *
 * @type {readonly Group[]}
 */
export const GROUPS = [
  {
    name: "Packaging",
    points: [
      {
        point: 1,
        asks: "One script tag from another origin draws the first frame without a word in the console.",
      },
      {
        point: 2,
        asks: "The packed tarball works in Vite, webpack, esbuild and Rollup without configuration.",
      },
      {
        point: 3,
        asks: "Loaded twice, nothing throws; a warning only where the versions differ.",
      },
      { point: 4, asks: "Importing a class registers nothing; `./define` registers the two tags." },
      {
        point: 5,
        asks: "publint and attw are content; `custom-elements.json` has every public name.",
        command: "npm run check",
      },
      {
        point: 6,
        asks: "Tags and events are typed, in React's JSX as well.",
      },
    ],
  },
  {
    name: "Size",
    points: [
      {
        point: 7,
        asks: "`<tcp-connection>` takes at most 25 kB beside Lit, 40 kB with everything.",
      },
      {
        point: 8,
        asks: "`<tcp-load>` takes at most 75 kB, its worker 25 kB.",
      },
      {
        point: 9,
        asks: "A page with the autoloader and no element takes 2 kB and asks for nothing more.",
      },
    ],
  },
  {
    name: "Worker and policy",
    points: [
      {
        point: 10,
        asks: "Under every policy one of the three ways runs, says which, and has the same digest.",
      },
      { point: 11, asks: "Under `default-src 'self'` a hosted worker breaks no policy." },
      {
        point: 12,
        asks: "On the main thread no task takes 50 ms, and cancelling takes less than 100 ms.",
      },
      {
        point: 13,
        asks: "It runs without cross-origin isolation, and uses no shared memory, `eval` or WebAssembly.",
      },
      {
        point: 14,
        asks: "Fifty mounts leave no worker behind; a run survives a move in the page.",
      },
    ],
  },
  {
    name: "Server, no script, paper",
    points: [
      { point: 15, asks: "Every door but the one file can be imported in Node." },
      {
        point: 16,
        asks: "Rendered by lit-ssr, with hydration and without: one copy, no error, styled.",
      },
      {
        point: 17,
        asks: "React's `hydrateRoot` gets the whole scenario by attributes alone.",
      },
      {
        point: 18,
        asks: "Without script the words between the tags show, and nothing shifts.",
      },
      {
        point: 19,
        asks: "On paper: all steps and the transcript, no controls.",
      },
    ],
  },
  {
    name: "For everyone",
    points: [
      {
        point: 20,
        asks: "axe finds nothing: at rest, in a run, with the inspector; light, dark, forced colours.",
      },
      { point: 21, asks: "Everything by keyboard, inside only; Space does not scroll the page." },
      {
        point: 22,
        asks: "What is announced changes once a step, and names sender, flags, SEQ, ACK and states.",
      },
      { point: 23, asks: "The transcript is a table with the rows of the run." },
      {
        point: 24,
        asks: "With reduced motion nothing starts by itself, steps jump, nothing is animated.",
      },
      {
        point: 25,
        asks: "Targets of 24 px, nothing by colour alone, usable at 320 px and at 200 %.",
      },
    ],
  },
  {
    name: "Theme and language",
    points: [
      {
        point: 26,
        asks: "Colours are documented custom properties that follow `color-scheme`; no run is made again.",
      },
      {
        point: 27,
        asks: "Every documented part exists.",
      },
      {
        point: 28,
        asks: "`lang` is inherited; English and Korean have the same words; switching keeps the place.",
      },
    ],
  },
  {
    name: "Use from a page",
    points: [
      { point: 29, asks: "Attributes and properties agree; methods for all that a reader does." },
      {
        point: 30,
        asks: "Events in lower case with hyphens, typed, in the manifest.",
      },
      {
        point: 31,
        asks: "A frame depends on run and time alone: seeking equals playing, back equals on.",
      },
      { point: 32, asks: "A fault makes another run from there; undo brings the digest back." },
      {
        point: 33,
        asks: "A link holds scenario, faults and time, opens paused, and survives nonsense.",
      },
      {
        point: 34,
        asks: "Export as SVG, PNG, JSON, text and pcapng.",
      },
    ],
  },
  {
    name: "To learn from",
    points: [
      {
        point: 35,
        asks: "A click or a key drops a segment on its way: ×, timer, retransmission, which can be dropped, too.",
      },
      {
        point: 36,
        asks: "The inspector has bits, octets, offset and meaning of each field.",
      },
      {
        point: 37,
        asks: "Sequence numbers relative and absolute, across the wrap at 2³².",
      },
      {
        point: 38,
        asks: "The scenarios that a course on TCP needs, each by its name.",
      },
    ],
  },
  {
    name: "Crowds",
    points: [
      {
        point: 39,
        asks: "Ten thousand at first, a million on request, 55 frames a second, no task of 50 ms.",
      },
      {
        point: 40,
        asks: "Page and worker compare versions; a mismatch is named, and the next way tried.",
      },
      {
        point: 41,
        asks: "Pictures at a fixed seed and time: light, dark, English, Korean.",
      },
    ],
  },
];

/** @type {readonly Point[]} */
export const POINTS = GROUPS.flatMap(({ points }) => points);
