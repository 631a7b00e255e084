/** Random choices that are the same in every run: a failure comes again. */
export function randomly(seed: number) {
  // https://github.com/cprosche/mulberry32
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let bits = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  const pick = <T>(from: ArrayLike<T>): T => from[below(from.length)] as T;
  const some = <T>(most: number, make: () => T): T[] => Array.from({ length: below(most + 1) }, make);
  /** Any text: control characters, half surrogates and all. */
  const text = (most: number) => some(most, () => String.fromCharCode(below(next() < 0.8 ? 128 : 65_536))).join('');
  return { next, below, pick, some, text };
}
