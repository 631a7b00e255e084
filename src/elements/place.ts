/** Puts an element where the question stands: first on the page, but for the safety bar. */
export function place(element: Element): void {
  const first = document.body.firstElementChild;
  if (first?.matches('[data-consentry-exit-bar]')) first.after(element);
  else document.body.prepend(element);
}

/** Whether a page of another origin frames this one. */
export function isFramed(): boolean {
  try {
    return top?.location.origin !== location.origin;
  } catch {
    return true;
  }
}
