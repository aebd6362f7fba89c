// Fails the build where the bundle needs what Chromium 109 does not have: the newest browser of Windows 7 and 8, on which
// hospitals still run. The compiler lowers syntax (`build.target`); this looks at what it cannot lower: CSS properties,
// functions, selectors and at-rules, and JavaScript's built-in functions, by the browsers' own compatibility data.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { parse as parseScript } from 'acorn';
import postcss from 'postcss';

const compatibility = createRequire(import.meta.url)('@mdn/browser-compat-data');
const OLDEST = 109;

// Newer names that do no harm, each with the reason.
const HARMLESS = join('tools', 'newer_but_harmless.json');

// Whether the oldest browser lacks a feature of the compatibility data.
function isNewer(feature) {
  const statements = [feature?.__compat?.support?.chrome ?? []].flat();
  const plain = statements.filter(({ flags, prefix, alternative_name: other }) => !flags && !prefix && !other);
  if (statements.length === 0) return false;
  return !plain.some(({ version_added: version, version_removed: removed }) => {
    const number = Number.parseInt(String(version).replace('≤', ''), 10);
    return Number.isFinite(number) && number <= OLDEST && !removed;
  });
}

const featuresOf = (group) => Object.entries(group).filter(([name]) => name !== '__compat');
const newerNames = (group) =>
  new Set(
    featuresOf(group)
      .filter(([, it]) => isNewer(it))
      .map(([name]) => name),
  );

function newerStyles() {
  const { css } = compatibility;
  const functions = new Set();
  const collect = (group) => {
    for (const [name, feature] of featuresOf(group)) {
      if (isNewer(feature)) functions.add(name);
      else if (typeof feature === 'object') collect(feature);
    }
  };
  collect(css.types);
  return {
    properties: newerNames(css.properties),
    atRules: newerNames(css['at-rules']),
    selectors: newerNames(css.selectors),
    functions,
  };
}

export function newerInStyle(source) {
  const newer = newerStyles();
  const found = new Set();
  const root = postcss.parse(source);
  root.walkAtRules(({ name }) => newer.atRules.has(name) && found.add(`@${name}`));
  root.walkRules(({ selector, parent }) => {
    if (parent.type === 'rule') found.add('nesting');
    for (const [, name] of selector.matchAll(/::?([a-z-]+)/g)) if (newer.selectors.has(name)) found.add(`:${name}`);
  });
  root.walkDecls(({ prop, value }) => {
    if (newer.properties.has(prop)) found.add(prop);
    for (const [, name] of value.matchAll(/(?<![\w-])([a-z-]+)\(/g))
      if (newer.functions.has(name)) found.add(`${name}()`);
  });
  return [...found];
}

function newerBuiltins() {
  const names = new Set();
  const known = new Set();
  for (const [owner, group] of featuresOf(compatibility.javascript.builtins)) {
    for (const [name, feature] of featuresOf(group)) (isNewer(feature) ? names : known).add(name);
    if (isNewer(group)) names.add(owner);
  }
  for (const name of known) names.delete(name); // another type has had it for long
  return names;
}

export function newerInScript(source) {
  const newer = newerBuiltins();
  const found = new Set();
  const walk = (node) => {
    if (Array.isArray(node)) node.forEach(walk);
    if (typeof node?.type !== 'string') return;
    const called = node.type === 'CallExpression' || node.type === 'NewExpression' ? node.callee : undefined;
    const name = called?.type === 'MemberExpression' && !called.computed ? called.property.name : called?.name;
    if (newer.has(name)) found.add(`${name}()`);
    for (const child of Object.values(node)) if (typeof child === 'object') walk(child);
  };
  walk(parseScript(source, { ecmaVersion: 'latest', sourceType: 'module' }));
  return [...found];
}

function main() {
  const assets = join('dist', 'assets');
  const harmless = JSON.parse(readFileSync(HARMLESS, 'utf8'));
  const faults = readdirSync(assets).flatMap((file) => {
    const source = readFileSync(join(assets, file), 'utf8');
    const found = file.endsWith('.css') ? newerInStyle(source) : file.endsWith('.js') ? newerInScript(source) : [];
    return found.filter((name) => !Object.hasOwn(harmless, name)).map((name) => `${file}: ${name}`);
  });
  for (const fault of faults) console.error(`newer than Chromium ${OLDEST}: ${fault}`);
  if (faults.length > 0) process.exit(1);
  console.log(`page: nothing that Chromium ${OLDEST} lacks`);
}

if (process.argv[1]?.endsWith('check_browser.mjs')) main();
