/** Registers an element, unless the page has one of that name already: the script may stand in it twice. */
export function define(tag: `consentry-${string}`, element: CustomElementConstructor): void {
  if (!customElements.get(tag)) customElements.define(tag, element);
}
