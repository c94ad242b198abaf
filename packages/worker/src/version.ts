/**
 * The version that page and worker tell each other. A page can be newer than
 * the worker file that it names, and a frame misread is worse than no frame.
 * A test holds it to this package's own version.
 */
export const WORKER_VERSION = "0.1.0";
