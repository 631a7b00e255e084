import { css } from 'lit';

/** What the preferences and the declaration add to the shared styles. */
export const panelStyles = css`
  h3 {
    margin: 0 0 8px;
    font-size: 1.125em;
    line-height: 1.3;
  }

  h3::first-letter,
  caption::first-letter {
    text-transform: uppercase;
  }

  h2 {
    inline-size: fit-content;
  }

  .root {
    overflow-wrap: break-word;
  }

  .placed {
    border: 0;
    border-radius: var(--_radius);
  }

  .declaration {
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
  }

  .notice:not(:only-child) {
    margin-block-end: 24px;
    padding: 12px 16px;
    border: 2px solid light-dark(#1f5f4c, #8fd6bb);
    border-radius: var(--_radius);
  }

  .category {
    min-inline-size: 0;
    margin: 24px 0 0;
    padding: 24px 0 0;
    border: 0;
    border-block-start: 1px solid var(--_line);
  }

  legend {
    float: inline-start;
    inline-size: 100%;
    padding: 0;
  }

  legend + * {
    clear: both;
  }

  .service {
    margin-block: 16px;
    padding-inline-start: 16px;
    border-inline-start: 4px solid var(--_line);
  }

  .service p {
    margin-block-end: 4px;
  }

  summary {
    inline-size: fit-content;
    padding-block: 10px;
    color: var(--_link);
    cursor: pointer;
    text-decoration: underline;
  }

  .answers {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 32px;
  }

  label {
    display: flex;
    gap: 12px;
    align-items: center;
    inline-size: fit-content;
    min-inline-size: 44px;
    min-block-size: 44px;
    cursor: pointer;
  }

  input {
    flex: none;
    inline-size: 24px;
    block-size: 24px;
    margin: 0;
    accent-color: var(--_accent);
    cursor: inherit;
  }

  input[type='radio']:focus-visible {
    border-radius: 50%;
  }

  label:has(:disabled) {
    opacity: 0.7;
    cursor: default;
  }

  table {
    inline-size: 100%;
    margin-block: 8px 20px;
    border-collapse: collapse;
    font-size: 0.9375em;
  }

  caption {
    padding-block-end: 8px;
    font-weight: 700;
    text-align: start;
  }

  th,
  td {
    padding-block: 8px;
    padding-inline: 0 16px;
    border-block-end: 1px solid var(--_line);
    font-weight: 400;
    text-align: start;
    vertical-align: top;
  }

  thead th {
    font-weight: 700;
  }

  thead th:not(:nth-child(3)) {
    inline-size: 20%;
  }

  code {
    font:
      0.9375em ui-monospace,
      Menlo,
      Consolas,
      monospace;
    overflow-wrap: anywhere;
  }

  .head {
    display: none;
  }

  @media (max-width: 640px) {
    thead {
      position: absolute;
      clip-path: inset(50%);
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
    }

    tr,
    tbody th,
    td {
      display: block;
      padding: 0;
      border: 0;
    }

    tbody tr {
      padding-block: 10px;
      border-block-end: 1px solid var(--_line);
    }

    tbody th {
      font-weight: 700;
    }

    .head {
      display: inline;
      font-weight: 600;
    }

    .head::after {
      content: ':';
    }
  }
`;
