/** Makes what runs items one after the other, in the order they are added, each to its end. `run` never rejects. */
export function createQueue<T>(run: (item: T) => Promise<void>): (item: T) => void {
  const waiting: T[] = [];
  let isRunning = false;
  const add = async (item: T) => {
    waiting.push(item);
    if (isRunning) return;
    isRunning = true;
    for (let next = waiting.shift(); next; next = waiting.shift()) await run(next);
    isRunning = false;
  };
  return (item) => void add(item);
}
