const cookie = globalThis.Document && Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');

/**
 * Stands for `document` in js-cookie, by the build: the cookies of the page, whatever an element of it is named. A form
 * named "cookie" shadows `document.cookie`.
 */
export const jar = {
  get cookie(): string {
    return cookie?.get?.call(document) as string;
  },
  set cookie(text: string) {
    cookie?.set?.call(document, text);
  },
};
