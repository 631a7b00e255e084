import type { Page } from '@playwright/test';
import { addresses, answerService, catalogue, heard, SNIPPETS, traces } from './support/catalogue.mjs';
import { choose } from './support/choose.mjs';
import { pageOf } from './support/pages.mjs';
import { ran } from './support/scripts.mjs';
import type { World } from './support/start-world.mjs';
import { expect, settle, test } from './support/world.mjs';

type Service = (typeof catalogue)[number];

/** The answer to each category: `own` to that of a service, the other to the rest. */
const answers = (category: string, own: 'granted' | 'denied') => {
  const other = own === 'granted' ? 'denied' : 'granted';
  return { ...{ preferences: other, analytics: other, marketing: other }, [category]: own };
};

/** Serves the page of a site that uses a service, with us and its entry, and without: its snippet is live in both. */
function serve(world: World, service: Service) {
  answerService(world, service);
  const { head = '', body = '' } = SNIPPETS[service.id]!;
  world.site.page('/with.html', pageOf({ config: { services: [service] }, head, body }));
  world.site.page('/without.html', pageOf({ sdk: false, head, body }));
}

/** How often what the snippet loads was asked for. */
const loads = (world: World, { id }: Service) => {
  const { hostname: host, pathname: path } = new URL(SNIPPETS[id]!.loads);
  return world.hits({ host, path }).length;
};

/** The hosts of a service that a report reached, and in how many ways each. */
const reached = (world: World, service: Service) =>
  Object.fromEntries(
    addresses(service).map(({ hostname: host, pathname: path }) => [
      host + path,
      [...new Set(world.hits({ host, path }).map(({ url }) => url.split('-').at(-1)))].sort(),
    ]),
  );
const everywhere = (service: Service) =>
  Object.fromEntries(
    addresses(service).map(({ hostname, pathname }) => [hostname + pathname, ['beacon', 'fetch', 'image']]),
  );

/** The names among these that stand in the site's cookies and storage. */
const kept = (page: Page, names: string[]) =>
  page.evaluate((names) => {
    const cookies = document.cookie.split('; ').map((pair) => pair.split('=')[0]!);
    const all = [...cookies, ...Object.keys(localStorage), ...Object.keys(sessionStorage)];
    return [...new Set(all)].filter((name) => names.includes(name)).sort();
  }, names);
const ownNames = (service: Service) => {
  const { cookies, storage } = traces(service);
  return [...new Set([...cookies, ...storage])].sort();
};

/** What the vendor's library was told of consent. */
const toldOfConsent = async (page: Page, { grant = [], deny = [] }: Service) => {
  const calls = [...grant, ...deny].map((call) => JSON.stringify(heard(call)));
  const told = await page.evaluate(() => ((window as any).told ?? []) as unknown[]);
  return told.filter((call) => calls.includes(JSON.stringify(call)));
};

const tries = (page: Page) => page.evaluate(() => ((window as any).tries ?? 0) as number);

for (const service of catalogue) {
  const { id, category, grant = [], deny = [] } = service;
  // They are data: what an engine does with them is proved by a few.
  const engines = ['microsoft-clarity', 'youtube', 'matomo'].includes(id) ? '' : ' @chromium';
  const isFrame = !!SNIPPETS[id]?.body?.includes('<iframe');

  test(`S12 ${id} is held before a choice${engines}`, async ({ page, world }) => {
    serve(world, service);
    await page.goto('/with.html');
    await settle(page, { quiet: 250, limit: 3000 });
    expect(world.gatedHits().map(({ url }) => url)).toEqual([]);
    expect(world.gatedTunnels()).toEqual([]);
    // Nor does it run where everything but its own category is granted.
    await choose(page, 'choose', answers(category, 'denied'));
    await settle(page, { quiet: 250, limit: 3000 });
    expect(world.gatedHits().map(({ url }) => url)).toEqual([]);
    expect(world.gatedTunnels()).toEqual([]);
    expect(await ran(page)).toEqual([]);
    expect(await kept(page, ownNames(service))).toEqual([]);

    // Control: the same snippet in a page without us, whose load waits for pictures that never end.
    await page.goto('/without.html', { waitUntil: 'domcontentloaded' });
    await expect.poll(() => reached(world, service)).toEqual(everywhere(service));
    expect(loads(world, service)).toBe(1);
    if (isFrame) return;
    expect(await ran(page)).toEqual([id]);
    expect(await kept(page, ownNames(service))).toEqual(ownNames(service));
  });

  test(`S12 ${id} runs once when granted and falls silent when withdrawn${engines}`, async ({ page, world }) => {
    serve(world, service);
    await page.goto('/with.html');
    await choose(page, 'choose', answers(category, 'granted'));
    await expect.poll(() => reached(world, service)).toEqual(everywhere(service));
    // A further grant, of what it does not need, starts nothing again.
    await choose(page, 'acceptAll');
    expect(loads(world, service)).toBe(1);
    if (!isFrame) expect(await ran(page)).toEqual([id]);
    expect(await kept(page, ownNames(service))).toEqual(ownNames(service));
    await expect.poll(() => toldOfConsent(page, service)).toEqual(grant.map(heard));

    // A cookie of the site is the site's, even where the vendor has one of that name elsewhere.
    const { elsewhere } = traces(service);
    const others = ['PHPSESSID', ...elsewhere.filter((name) => !name.startsWith('__Secure-'))].sort();
    await page.evaluate((names) => {
      for (const name of names) document.cookie = `${name}=own; path=/; secure`;
    }, others);

    await choose(page, 'withdraw');
    // What a frame had sent before it was emptied may still be on its way.
    await settle(page, { quiet: isFrame ? 1000 : 250 });
    world.clear();
    const before = await tries(page);
    if (isFrame) await settle(page, { quiet: 250, limit: 3000 });
    else await expect.poll(() => tries(page)).toBeGreaterThan(before + 2);
    expect(world.gatedHits().map(({ url }) => url)).toEqual([]);
    expect(await toldOfConsent(page, service)).toEqual([...grant, ...deny].map(heard));
    await expect.poll(() => kept(page, ownNames(service))).toEqual([]);
    expect(await kept(page, others)).toEqual(others);
    if (!isFrame) expect(await ran(page)).toEqual([id]);
  });
}
