import type { Lent } from './lent.js';

/**
 * Closes what stays open to a service that is withdrawn: the guard stands before requests, and nobody asks again for what
 * a socket sends. A service that the visitor denied gets no new one. Before an answer none is refused: this file comes when
 * something is granted or a live tag was found, and nobody should count on the second.
 */
export function connectSockets({ consent, blockedBy, log }: Lent): void {
  const open = new Set<WebSocket | EventSource>();
  for (const name of ['WebSocket', 'EventSource'] as const) {
    window[name] = new Proxy(window[name], {
      construct(native, args: [url: unknown], target) {
        const service = blockedBy(args[0]);
        if (service && consent.state.choices[service.id] !== 'unasked') {
          log('guarded', args[0]);
          // As the browser refuses an insecure one on a secure page.
          throw new DOMException('Consentry: not granted', 'SecurityError');
        }
        const socket = Reflect.construct(native, args, target) as WebSocket | EventSource;
        open.add(socket);
        socket.addEventListener('close', () => open.delete(socket));
        return socket;
      },
    }) as never;
  }
  consent.subscribe(() => {
    for (const socket of open) {
      if (!blockedBy(socket.url)) continue;
      open.delete(socket);
      socket.close();
    }
  });
}
