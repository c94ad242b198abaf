/** Values below this have a bucket each; above it, every octave has so many buckets. */
const SUB_BUCKETS = 128;
const SUB_BITS = 7;

/** The largest value that has a bucket: 285 years in microseconds. */
export const MAX_VALUE: number = Number.MAX_SAFE_INTEGER;

/** Buckets 0 to 255 are one wide; then come 128 for each octave up to 2⁵³. */
export const BUCKET_COUNT: number = bucketOf(MAX_VALUE) + 1;

/**
 * The bucket of a value: linear within an octave, so that it is found without
 * a logarithm, and never wider than 1/128 of the values in it.
 *
 * @param value an integer from 0 to `MAX_VALUE`
 */
export function bucketOf(value: number): number {
  const octave = Math.max(0, bitsOf(value) - SUB_BITS - 1);
  return SUB_BUCKETS * octave + Math.floor(value / widthOf(octave));
}

/** The least and the greatest value of a bucket. */
export function bucketRange(bucket: number): readonly [least: number, greatest: number] {
  const octave = Math.max(0, Math.floor(bucket / SUB_BUCKETS) - 1);
  const width = widthOf(octave);
  const least = (bucket - SUB_BUCKETS * octave) * width;
  return [least, least + width - 1];
}

/** How wide a bucket of this octave is. */
function widthOf(octave: number): number {
  return octave < 31 ? 1 << octave : (1 << 30) * (1 << (octave - 30));
}

/** How many bits a value has: 0 for 0, 53 for `MAX_VALUE`. */
function bitsOf(value: number): number {
  const high = Math.floor(value / 0x1_0000_0000);
  return high === 0 ? 32 - Math.clz32(value) : 64 - Math.clz32(high);
}
