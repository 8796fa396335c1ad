import { elementName, Manifests, Yaml } from '../support/manifests';

/** A place where two sets of objects differ; `undefined` on the side that has nothing there. */
export interface Difference {
  readonly place: string;
  readonly tutorial: Yaml | undefined;
  readonly here: Yaml | undefined;
}

/** All places where the objects differ. What one side lacks is one difference, whatever it holds. */
export function compare(tutorial: Manifests, here: Manifests): Difference[] {
  return differences('', objects(tutorial), objects(here));
}

function differences(place: string, tutorial: Yaml | undefined, here: Yaml | undefined): Difference[] {
  if (isMap(tutorial) && isMap(here)) {
    const keys = new Set([...Object.keys(tutorial), ...Object.keys(here)]);
    return [...keys].flatMap((key) => differences(join(place, key), tutorial[key], here[key]));
  }
  return JSON.stringify(tutorial) === JSON.stringify(here) ? [] : [{ place, tutorial, here }];
}

function join(place: string, key: string): string {
  if (place === '') return key;
  const step = /^\w+$/.test(key) ? `.${key}` : `[${key}]`;
  return place.includes(': ') ? place + step : `${place}: ${step.replace(/^\./, '')}`;
}

/** The objects by `Kind/name`, with lists of named things, options of my.cnf and scripts in a form to compare. */
function objects(manifests: Manifests): Yaml {
  return Object.fromEntries(manifests.all.map((object, i) => [manifests.names[i], comparable(object, '')]));
}

function comparable(node: Yaml, key: string): Yaml {
  if (key.endsWith('.cnf')) return options(String(node));
  if (key === 'command') return withoutScript(node);
  if (Array.isArray(node) && node.some((element: Yaml, i) => elementName(element, i) !== String(i))) {
    return Object.fromEntries(node.map((element: Yaml, i) => [elementName(element, i), comparable(element, '')]));
  }
  if (Array.isArray(node)) return node.map((element: Yaml) => comparable(element, '')) as unknown as Yaml;
  if (isMap(node))
    return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, comparable(value, name)]));
  return node;
}

function options(cnf: string): Yaml {
  const lines = cnf.split('\n').filter((line) => line && !line.startsWith('#') && line !== '[mysqld]');
  return Object.fromEntries(
    lines.map((line) => [line.split('=')[0], line.split('=').slice(1).join('=')]),
  ) as unknown as Yaml;
}

function withoutScript(command: Yaml): Yaml {
  const [program, option] = Object.values(command).map(String);
  return (program === 'bash' && option === '-c' ? [program, option, '(script)'] : command) as unknown as Yaml;
}

function isMap(node: Yaml | undefined): node is Yaml {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}
