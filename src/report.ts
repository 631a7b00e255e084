/*
 * What the SDK knows of itself on this page, put together only when somebody asks.
 */
import type { Choices } from './core/choices.js';
import type { ConsentCore } from './core/consent.js';
import type { Entry } from './core/log.js';
import { cookieName, type Service } from './core/service.js';
import type { State } from './core/state.js';
import { VERSION } from './core/version.js';
import type { Gate } from './gate/gate.js';
import { createServicesAt } from './gate/hosts.js';
import { withTraces } from './services/traces.js';
import type { TagState } from './gate/release.js';
import { HELD } from './gate/tags.js';

/** A request to a service's host that went out before it was granted, as a browser's preloader sends them. */
export interface EarlyRequest {
  readonly url: string;
  readonly service: string;
  /** Milliseconds since the page began. */
  readonly time: number;
}

/** A declared cookie of a denied service that a script of this page cannot look for, and why. */
export interface UncheckedCookie {
  readonly service: string;
  readonly name: string;
  readonly reason: 'HttpOnly' | 'another host' | 'another path';
}

/** What the SDK knows of itself on this page. */
export interface ConsentReport {
  readonly sdk: string;
  readonly state: State;
  /** Every held tag, and what became of it. */
  readonly tags: readonly (readonly [Element, TagState])[];
  /** Addresses of denied services that scripts of the page tried to reach, each once. */
  readonly guarded: readonly string[];
  readonly early: readonly EarlyRequest[];
  /** What the page's content security policy refused of granted services. */
  readonly refused: readonly string[];
  /** Cookies and storage of denied services that were written again after they had been removed. */
  readonly rewritten: readonly string[];
  readonly unchecked: readonly UncheckedCookie[];
  /** What happened, oldest first, at most 1,000 entries. */
  readonly log: readonly Entry[];
}

const texts = (entries: readonly Entry[], what: string) => [
  ...new Set(entries.filter((entry) => entry[1] === what).map((entry) => String(entry[2]))),
];

/** The requests that no grant stood behind when they began. */
function earlyRequests({ config }: ConsentCore, entries: readonly Entry[]): EarlyRequest[] {
  const servicesAt = createServicesAt(config.services);
  const choicesAt = (time: number) =>
    entries.filter(([at, what]) => what === 'choices' && at <= time).at(-1)?.[2] as Choices | undefined;
  const isGranted = ({ id, category }: Service, choices: Choices = {}) => {
    const { basis } = config.categories.find((each) => each.id === category) ?? {};
    return basis === 'essential' || choices[id] === 'granted' || (basis === 'objection' && choices[id] === 'unasked');
  };
  return performance.getEntriesByType('resource').flatMap(({ name: url, startTime: time }) => {
    const services = servicesAt(url);
    const [service] = services;
    const choices = choicesAt(time);
    return service && !services.some((each) => isGranted(each, choices)) ? [{ url, service: service.id, time }] : [];
  });
}

function uncheckedCookies({ config, isGranted }: ConsentCore): UncheckedCookie[] {
  const denied = config.services.filter(({ id, category }) => !isGranted([category], id));
  return denied.map(withTraces).flatMap(({ id, cookies = [] }) =>
    cookies.flatMap((cookie) => {
      if (typeof cookie === 'string') return [];
      const unchecked = (reason: UncheckedCookie['reason']) => [{ service: id, name: cookieName(cookie), reason }];
      if (cookie.party) return unchecked('another host');
      if (cookie.httpOnly) return unchecked('HttpOnly');
      return cookie.path && !location.pathname.startsWith(cookie.path) ? unchecked('another path') : [];
    }),
  );
}

/** Puts the report together. */
export function report(consent: ConsentCore, gate: Gate, entries: readonly Entry[]): ConsentReport {
  const states = gate.releaser?.states;
  const unmet = [...document.querySelectorAll(HELD)].filter((tag) => !states?.has(tag));
  return {
    sdk: VERSION,
    state: consent.state,
    tags: [...(states ?? []), ...unmet.map((tag) => [tag, 'held'] as const)],
    guarded: texts(entries, 'guarded'),
    early: earlyRequests(consent, entries),
    refused: texts(entries, 'refused by policy'),
    rewritten: texts(entries, 'written again'),
    unchecked: uncheckedCookies(consent),
    log: [...entries],
  };
}
