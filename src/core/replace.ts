/** Runs a method as it was called. */
export type Run = () => unknown;

/** Puts `stand` before a method; it is handed what runs the method as it was called, the arguments and `this`. */
export function replace<Self>(
  owner: object,
  name: string,
  stand: (run: Run, args: never[], self: Self) => unknown,
): void {
  const methods = owner as Record<string, (...args: never[]) => unknown>;
  const native = methods[name];
  methods[name] = function (this: Self, ...args) {
    return stand(() => native?.apply(this, args), args, this);
  };
}
