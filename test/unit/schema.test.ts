import Ajv from 'ajv';
import { expect, test } from 'vitest';
import { mistakesIn, type Rule, RULES } from '../../src/core/check.js';
import { readConfig } from '../../src/core/config.js';
import schema from '../../src/config.schema.json' with { type: 'json' };
import { messages as cy } from '../../src/messages/cy.js';
import { en } from '../../src/messages/en.js';
import { enEmbed } from '../../src/messages/en-embed.js';
import { enPanel } from '../../src/messages/en-panel.js';
import { INVALID, VALID } from './support/configurations.js';

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const root: Node = schema;

/** The node that a node refers to, or the node itself. */
const follow = (node: Node): Node =>
  typeof node.$ref === 'string'
    ? (node.$ref
        .split('/')
        .slice(1)
        .reduce<unknown>((at, key) => (at as Node)[key], root) as Node)
    : node;

/** The keywords this schema may use: they mean the same in the draft it names and in the one that this evaluator knows. */
const SHARED = [
  'type',
  'enum',
  'pattern',
  'format',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'required',
  'additionalProperties',
  'properties',
];
const KEYWORDS = [...SHARED, 'items', 'anyOf', '$ref', '$defs', '$schema', 'title', 'description', 'default'];

// The evaluator that eslint brings knows draft 7 by name only.
const { $schema: draft, ...evaluated } = root;
const ajv = new Ajv({ allErrors: true, unknownFormats: 'ignore', format: false });
const validate = ajv.compile(evaluated);
const isValid = (input: unknown): boolean => validate(input) === true;

function keywordsOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(keywordsOf);
  if (!isNode(node)) return [];
  return Object.entries(node).flatMap(([key, value]) => {
    if (key === 'properties' || key === '$defs') return [key, ...Object.values(value as Node).flatMap(keywordsOf)];
    return key === 'default' || key === 'enum' ? [key] : [key, ...keywordsOf(value)];
  });
}

test('H3 describes the configuration in the draft of 2020-12, with keywords that every evaluator knows', () => {
  expect(draft).toBe('https://json-schema.org/draft/2020-12/schema');
  expect([...new Set(keywordsOf(root))].filter((keyword) => !KEYWORDS.includes(keyword))).toEqual([]);
  // Patterns are read with the flag "u" by the draft.
  const patterns = JSON.stringify(root).match(/"pattern":"(?:[^"\\]|\\.)*"/g) ?? [];
  for (const each of patterns) new RegExp((JSON.parse(`{${each}}`) as { pattern: string }).pattern, 'u');
  expect(patterns.length).toBeGreaterThan(10);
});

test('H3 agrees in its schema and its rules on a table of at least sixty configurations', () => {
  const table = [...VALID, ...INVALID];
  expect(table.length).toBeGreaterThanOrEqual(60);
  for (const [what, input] of table) {
    const isRight = !mistakesIn(input, RULES).length;
    expect(isValid(input), `${what}: ${JSON.stringify(input)}`).toBe(isRight);
  }
  expect(VALID.every(([, input]) => isValid(input))).toBe(true);
  expect(INVALID.some(([, input]) => isValid(input))).toBe(false);
});

/** Each option with whether it has to be there, by its path. */
function optionsOfRules(rule: Rule, path = ''): string[] {
  if (Array.isArray(rule)) return optionsOfRules(rule[0] as Rule, `${path}[]`);
  if (typeof rule === 'function' || rule instanceof RegExp) return [];
  return Object.entries(rule as Record<string, Rule>).flatMap(([key, each]) => [
    `${path}.${key}`,
    ...optionsOfRules(each, `${path}.${key.replace('!', '')}`),
  ]);
}

function optionsOfSchema(at: unknown, path = ''): string[] {
  const node = follow(at as Node);
  if (node.items) return optionsOfSchema(node.items, `${path}[]`);
  // Where any key may stand, those that are named are for editors.
  if (isNode(node.additionalProperties)) return [`${path}.*`];
  if (!isNode(node.properties)) return [];
  const required = (node.required ?? []) as string[];
  expect(node.additionalProperties, path).toBe(false);
  return Object.entries(node.properties).flatMap(([key, each]) => [
    `${path}.${key}${required.includes(key) ? '!' : ''}`,
    ...optionsOfSchema(each, `${path}.${key}`),
  ]);
}

test('H3 names the same options in its schema and its rules, and the same as required', () => {
  expect(optionsOfSchema(root).sort()).toEqual(optionsOfRules(RULES).sort());
});

test('H3 states in its schema the defaults that are in force', () => {
  const config: Node = {
    ...readConfig({ noticeUrl: '/', noticeVersion: '1' }, []),
    perService: false,
    jurisdiction: 'GB',
    layout: 'top',
  };
  const defaults = Object.entries(root.properties as Record<string, Node>).filter(([, node]) => 'default' in node);
  expect(defaults.map(([key]) => key).sort()).toEqual(
    ['categories', 'jurisdiction', 'layout', 'lifetimeDays', 'perService', 'sensitive', 'services'].sort(),
  );
  for (const [key, node] of defaults) expect(node.default, key).toEqual(config[key]);
});

test('B8 names every sentence in its schema, and no other', () => {
  const { messages } = root.$defs as { messages: Node };
  const durations = Object.keys(cy).filter((key) => !(key in en) && !(key in enPanel) && !(key in enEmbed));
  expect(Object.keys(messages.properties as Node).sort()).toEqual(
    [...Object.keys({ ...en, ...enPanel, ...enEmbed }), ...durations].sort(),
  );
});

test('H3 describes every option in its schema', () => {
  for (const [key, node] of Object.entries(root.properties as Record<string, Node>)) {
    expect(node.description, key).toMatch(/^\S.*\.$/);
  }
});
