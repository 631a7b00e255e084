import { css } from 'lit';

/** The placeholder fills the box that it was given: what does not fit is scrolled to, so that nothing on the page moves. */
export const embedStyles = css`
  .root {
    position: absolute;
    inset: 0;
    display: flex;
    box-sizing: border-box;
    overflow: auto;
    padding: 0;
    border: 1px solid var(--_line);
    border-radius: inherit;
    visibility: inherit;
    pointer-events: inherit;
    container-type: size;
  }

  .in {
    box-sizing: border-box;
    min-inline-size: 0;
    max-inline-size: 32em;
    margin: auto;
    padding: 16px;
    overflow-wrap: break-word;
  }

  p {
    margin: 0 0 8px;
  }

  #name {
    font-size: 1.125em;
    font-weight: 600;
    line-height: 1.3;
  }

  .actions {
    display: flex;
    margin: 16px 0 0;
  }

  @container (max-height: 240px) {
    .in {
      padding: 6px 10px;
      font-size: 0.875em;
      line-height: 1.35;
    }

    p {
      margin: 0;
    }

    #name {
      overflow: hidden;
      font-size: 1em;
      text-overflow: ellipsis;
      white-space: nowrap;
    }

    .actions {
      gap: 8px;
      margin: 0;
      padding-block-start: 6px;
    }

    button {
      flex: 1 1 7em;
      padding: 2px 8px;
      line-height: 1.2;
    }
  }

  /* Where the words need to be scrolled, the buttons stay in sight. */
  @container (120px < height <= 240px) {
    .in {
      display: flex;
      flex-direction: column;
      max-block-size: 100%;
    }

    .told {
      min-block-size: 2.7em;
      margin-inline: -5px;
      padding-inline: 5px;
      overflow: auto;
    }

    .actions {
      flex: none;
    }
  }

  @media print {
    :host {
      display: none !important;
    }
  }
`;
