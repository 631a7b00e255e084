import Cookies from 'js-cookie';

const PREFIX = 'consentry-seen-';
const LIFETIME_DAYS = 182;

/** What a message may be called, so that its cookie has a name that every server takes. */
export const isMessageId = (id: string): boolean => /^[a-z][a-z\d-]{0,39}$/.test(id);

/** The names of the cookies of hidden messages; none where the browser refuses cookies. */
function names(): string[] {
  try {
    return Object.keys(Cookies.get()).filter((name) => name.startsWith(PREFIX));
  } catch {
    return [];
  }
}

function keep(name: string, isLasting: boolean): void {
  try {
    Cookies.set(name, '1', {
      sameSite: 'Lax',
      secure: location.protocol === 'https:',
      ...(isLasting && { expires: LIFETIME_DAYS }),
    });
  } catch {
    // Refused: the message stays hidden on this page only.
  }
}

export const isDismissed = (id: string): boolean => names().includes(PREFIX + id);

/** Remembers that a message was hidden: for the session, or for half a year where `isLasting`. */
export const dismiss = (id: string, isLasting: boolean): void => keep(PREFIX + id, isLasting);

/** Remembers all hidden messages for as long as the visitor's choice allows now. */
export const renew = (isLasting: boolean): void => names().forEach((name) => keep(name, isLasting));
