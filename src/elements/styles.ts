import { css } from 'lit';

/**
 * What the banner and the preferences share. Sizes follow the reader's own text size (`medium`), never the page's `html`;
 * colours follow the page's colour scheme. The root resets what it would inherit, so that no rule of the page reaches in.
 */
export const styles = css`
  :host {
    display: block;
  }

  :host([hidden]) {
    display: none !important;
  }

  .root {
    --_ink: var(--consentry-color, light-dark(#14212b, #edf2f5));
    --_paper: var(--consentry-background, light-dark(#f1f4f6, #17212a));
    --_line: var(--consentry-border, light-dark(#66757f, #84949f));
    --_link: var(--consentry-link, light-dark(#0b4f8a, #9ccdf7));
    --_accent: var(--consentry-accent, light-dark(#14466b, #a9d3f7));
    --_on-accent: var(--consentry-on-accent, light-dark(#fff, #10202c));
    --_radius: var(--consentry-radius, 4px);
    all: initial;
    display: block;
    padding: 24px max(var(--consentry-gutter, 16px), env(safe-area-inset-left), env(safe-area-inset-right));
    border-block-end: 1px solid var(--_line);
    background: var(--_paper);
    color: var(--_ink);
    color-scheme: inherit;
    font-family: var(--consentry-font, inherit);
    font-size: var(--consentry-font-size, medium);
    line-height: 1.5;
  }

  .in {
    max-inline-size: var(--consentry-max-inline-size, 60em);
    margin: auto;
  }

  h2,
  p {
    max-inline-size: 44em;
    margin: 0 0 12px;
  }

  h2 {
    font-size: 1.375em;
    line-height: 1.2;
  }

  a {
    color: var(--_link);
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 12px;
    margin-block-start: 20px;
  }

  button {
    min-block-size: 44px;
    padding: 8px 20px;
    border: 2px solid transparent;
    border-radius: var(--_radius);
    background: var(--_accent);
    color: var(--_on-accent);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }

  button.quiet {
    border-color: currentcolor;
    background: none;
    color: var(--_link);
  }

  button:hover,
  a:hover {
    text-decoration: underline 2px;
  }

  :focus-visible {
    outline: 3px solid var(--consentry-focus, #fd0);
    box-shadow: 0 0 0 5px #0b0c0c;
  }

  .notice {
    display: flex;
    flex-wrap: wrap;
    gap: 12px;
    align-items: center;
  }

  .notice p {
    flex: 20em;
    margin: 0;
  }

  .problem {
    padding: 8px 16px;
    border-inline-start: 8px solid;
    color: light-dark(#a3231f, #ffa49b);
    font-weight: 600;
  }

  @media (max-width: 640px) {
    .actions {
      display: grid;
      grid-auto-rows: 1fr;
    }
  }

  @media print {
    :host {
      display: none !important;
    }
  }
`;
