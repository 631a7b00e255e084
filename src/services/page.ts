/** The page's own names, which are anybody's to change. */
export const page = globalThis as unknown as Record<string, unknown>;
