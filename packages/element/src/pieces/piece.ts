/**
 * Something that the elements need sooner or later. In the package every piece
 * is there at once; in the files for pages without a bundler, what the first
 * picture does not need is a file of its own.
 */
export interface Piece<T> {
  /** It, if it is here. */
  readonly now: T | undefined;
  /** It, fetched where it is not here yet. Rejects where that fails; asking again tries again. */
  load(): Promise<T>;
}

/** What is here already. */
export function present<T>(value: T): Piece<T> {
  return { now: value, load: () => Promise.resolve(value) };
}

/** What is fetched when it is asked for, once for all who ask. */
export function later<T>(fetch: () => Promise<T>): Piece<T> {
  let now: T | undefined;
  let coming: Promise<T> | undefined;
  const fetched = async (): Promise<T> => {
    try {
      now = await fetch();
      return now;
    } catch (error) {
      coming = undefined;
      throw error;
    }
  };
  return {
    get now() {
      return now;
    },
    load() {
      coming ??= fetched();
      return coming;
    },
  };
}
