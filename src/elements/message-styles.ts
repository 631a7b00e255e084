import { css } from 'lit';

/** A message is the page's own text in the page's own type and colours; only its button is ours. */
export const messageStyles = css`
  :host {
    display: block;
  }

  :host([hidden]) {
    display: none;
  }

  .message {
    display: flex;
    flex-wrap: wrap;
    gap: 12px 24px;
    align-items: center;
    justify-content: space-between;
  }

  .text {
    flex: 1 1 20em;
    min-inline-size: 0;
  }

  button {
    min-block-size: 44px;
    padding: 8px 20px;
    border: 2px solid;
    border-radius: var(--consentry-radius, 4px);
    background: none;
    color: inherit;
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }

  button:hover {
    text-decoration: underline 2px;
  }

  button:focus-visible {
    outline: 3px solid var(--consentry-focus, #fd0);
    box-shadow: 0 0 0 5px #0b0c0c;
  }

  @media print {
    button {
      display: none;
    }
  }
`;
