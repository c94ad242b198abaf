/** Rejects what is awaited when the far end is gone: Comlink itself would wait for ever. */
export interface Lifeline {
  during<T>(ask: () => Promise<T>): Promise<T>;
  cut(reason: Error): void;
}

export function createLifeline(): Lifeline {
  const waiting: Set<(reason: Error) => void> = new Set();
  let gone: Error | undefined;
  return {
    during(ask) {
      if (gone !== undefined) return Promise.reject(gone);
      return new Promise((resolve, reject) => {
        waiting.add(reject);
        ask()
          .then(resolve, reject)
          .finally(() => waiting.delete(reject));
      });
    },
    cut(reason) {
      gone ??= reason;
      for (const reject of waiting) reject(gone);
      waiting.clear();
    },
  };
}
