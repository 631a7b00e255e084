import { followLanguage } from '../messages/index.js';
import { ConsentryDeclaration } from './declaration.js';
import { provided } from './consent-controller.js';
import { define } from './define.js';
import { place } from './place.js';
import { ConsentryPreferences } from './preferences.js';

// Not in English first: nobody likes to see a page change its language.
const defined = followLanguage().then(() => {
  define('consentry-preferences', ConsentryPreferences);
  define('consentry-declaration', ConsentryDeclaration);
});

let opener: HTMLElement | undefined;

/** The element that has the focus, in whatever shadow root it stands. */
function focused(): HTMLElement | undefined {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element instanceof HTMLElement ? element : undefined;
}

/** Puts preferences where the question stands, and the question back once they are closed. */
function insert(): ConsentryPreferences {
  const panel = document.createElement('consentry-preferences') as ConsentryPreferences;
  const banner = document.querySelector<HTMLElement>('consentry-banner');
  panel.open();
  panel.addEventListener('close', () => {
    // A confirmation has said what it had to say: only a question comes back.
    if (banner && provided?.state.pending) panel.replaceWith(banner);
    else panel.remove();
    opener?.focus();
  });
  // Not hidden beside them: a copy that a page keeps of both would have a question that never shows.
  if (banner) banner.replaceWith(panel);
  else place(panel);
  return panel;
}

/** Opens the preferences: the page's own, or some in the place of the banner. */
export async function open(from?: HTMLElement): Promise<void> {
  opener = from ?? focused();
  await defined;
  const panel = document.querySelector<ConsentryPreferences>('consentry-preferences') ?? insert();
  panel.show();
  await panel.updateComplete;
  panel.focus();
}
