/** Opens the preferences in place, once their file is there. Focus goes back to `opener` when they are closed. */
export const openPanel = async (opener?: HTMLElement): Promise<void> => (await import('./panel.js')).open(opener);
