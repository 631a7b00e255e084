import { css } from 'lit';

/**
 * What a question over the page adds to the shared styles. Its text scrolls where there is too much of it; its buttons stay
 * in sight. On a window too low for both it stands in the page's flow. Where it stands is important, so that a page that
 * resets everything does not bury it.
 */
export const floatStyles = css`
  @media (min-height: 480px) {
    :host {
      position: fixed !important;
      z-index: var(--consentry-z-index, 2147483000) !important;
      inset: auto 0 var(--consentry-exit-block-size, 0px) !important;
    }

    .root {
      box-sizing: border-box;
      max-block-size: min(70dvh, calc(100dvh - var(--consentry-exit-block-size, 0px) - 80px));
      overflow: hidden auto;
      padding-block: 20px;
      border-block: 1px solid var(--_line);
      box-shadow: 0 -2px 12px rgb(0 0 0 / 15%);
    }

    .actions {
      position: sticky;
      inset-block-end: -20px;
      margin-block: 0 -20px;
      padding-block: 12px 20px;
      border-block-start: 1px solid var(--_line);
      background: var(--_paper);
    }

    :host([layout='box']) .root {
      padding-inline: 20px;
    }
  }

  @media (min-height: 480px) and (min-width: 641px) {
    :host([layout='box']) {
      inset-inline: 16px auto !important;
      inset-block-end: calc(var(--consentry-exit-block-size, 0px) + 16px) !important;
    }

    :host([layout='box']) .root {
      inline-size: min(27em, 100vw - 32px);
      border: 1px solid var(--_line);
      border-radius: var(--consentry-radius, 8px);
    }

    :host([layout='box']) .actions {
      display: grid;
      grid-auto-rows: 1fr;
    }
  }
`;
