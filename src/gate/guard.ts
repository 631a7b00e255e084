import type { ConsentCore } from '../core/consent.js';
import { log } from '../core/log.js';
import { currentScript, ignore, report } from '../core/natives.js';
import { replace, type Run } from '../core/replace.js';
import type { Gate } from './gate.js';
import type { BlockedBy } from './hosts.js';

/**
 * Stands before the ways in which a script reaches a host. What would reach a denied service waits, and goes ahead once
 * when that is granted; what only reports is dropped where the visitor has answered: nothing may tell later of the time
 * without consent.
 */
export function connectGuard(consent: ConsentCore, blockedBy: BlockedBy, gate: Gate): void {
  const waiting: Parameters<typeof pass>[] = [];

  function pass(address: unknown, run: Run, drop?: Run | false): unknown {
    const service = blockedBy(address);
    if (!service) return run();
    log('guarded', address);
    return drop && consent.state.choices[service.id] !== 'unasked' ? drop() : void waiting.push([address, run, drop]);
  }
  // What is granted goes ahead after the file that puts the state before the page's own commands. What fails, as a request
  // that the page has opened again since, keeps nothing else.
  consent.subscribe(() =>
    waiting.splice(0).forEach((each) =>
      blockedBy(each[0])
        ? pass(...each)
        : gate
            .open()
            .then(() => pass(...each))
            .catch(report),
    ),
  );

  const setAddress = (element: Element, value: unknown, run: Run) =>
    pass(value, run, element.matches('img,source') && ignore);

  for (const { prototype } of [
    HTMLScriptElement,
    HTMLIFrameElement,
    HTMLLinkElement,
    HTMLImageElement,
    HTMLSourceElement,
  ]) {
    // Of the several addresses of a `srcset` the first decides.
    for (const name of ['src', 'href', 'srcset']) {
      const own = Object.getOwnPropertyDescriptor(prototype, name);
      const set = own?.set;
      if (set) {
        own.set = function (value) {
          setAddress(this as Element, value, () => set.call(this, value));
        };
        Object.defineProperty(prototype, name, own);
      }
    }
  }
  for (const method of ['setAttribute', 'setAttributeNS', 'setAttributeNode']) {
    replace<Element>(Element.prototype, method, (run, args: (Partial<Attr> | undefined)[], self) => {
      const last = args[args.length - 1];
      const { name = args[args.length - 2], value = last } = last ?? {};
      // A link that somebody follows is the visitor's own request.
      return /^(src(set)?|href)$/i.test(name as string) && !self.matches('a,area')
        ? setAddress(self, value, run)
        : run();
    });
  }
  replace(
    window,
    'fetch',
    (run, [input]: (Request | undefined)[]) =>
      new Promise((resolve, reject) => {
        pass(
          input?.url ?? input,
          () => resolve(run()),
          () => reject(new TypeError('denied')),
        );
      }),
  );
  replace(Navigator.prototype, 'sendBeacon', (run, [url]) => pass(url, run, () => false) ?? true);
  const addresses = new WeakMap<XMLHttpRequest, unknown>();
  replace<XMLHttpRequest>(XMLHttpRequest.prototype, 'open', (run, [, url], self) => {
    addresses.set(self, url);
    return run();
  });
  replace<XMLHttpRequest>(XMLHttpRequest.prototype, 'send', (run, _, self) => pass(addresses.get(self), run, ignore));
  for (const name of ['write', 'writeln', 'open']) {
    replace<Document>(Document.prototype, name, (run, texts, self) => {
      const script = currentScript();
      // What is only linked to is asked for by nobody.
      const [, ...addresses] = texts.join('').split(/\ssrc\s*=\s*["']?/i);
      const blocked = addresses.map((text) => text.split(/["'\s>]/)[0]).find(blockedBy);
      if (self !== document || (!blocked && !gate.releaser?.isReleased(script))) return run();
      // The parser goes on without it: later, it would wipe the page.
      pass(blocked, () => void gate.open().then((releaser) => releaser.write(script, texts, name), report));
      return self;
    });
  }
}
