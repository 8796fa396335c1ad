import { stringify } from 'yaml';
import { Yaml } from '../support/manifests';
import { Difference } from './compare';
import { COMMANDS, Deviation, DEVIATIONS } from './deviations';

/** The differences that a deviation names. */
export function namedBy({ places }: Deviation, differences: readonly Difference[]): Difference[] {
  return differences.filter(({ place }) => places.some((pattern) => matches(pattern, place)));
}

/** Whether a place matches a pattern of `Deviation.places`. */
export function matches(pattern: string, place: string): boolean {
  const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${pattern.split('*').map(literal).join('.*')}$`).test(place);
}

/** docs/reference/deviations.md */
export function page(differences: readonly Difference[]): string {
  return `# What differs from the tutorial

The objects that \`npm run synth\` writes are those of the Kubernetes tutorial
[Run a Replicated Stateful Application](https://kubernetes.io/docs/tasks/run-application/run-replicated-stateful-application/)
with the differences below. A test compares the two and fails for a difference that is not listed, and for one that is
listed and no longer exists. This page is written by \`npm run docs:deviations\`.

Scripts are not compared by their text: ours do what the tutorial's do, and
[architecture.md](../architecture.md) says what they do when something fails.

## In the YAML

| Where | The tutorial | Here | Why |
|---|---|---|---|
${DEVIATIONS.map((deviation) => row(deviation, namedBy(deviation, differences))).join('\n')}

## In the walk-through

| The tutorial | Here | Why |
|---|---|---|
${COMMANDS.map(({ tutorial, here, why }) => `| ${code(tutorial)} | ${code(here)} | ${why} |`).join('\n')}
`;
}

function row({ places, why }: Deviation, differences: Difference[]): string {
  const where = places.map((place) => code(place.replace('spec.template.spec.', '… '))).join('<br>');
  const values = (side: 'tutorial' | 'here') => [
    ...new Set(differences.flatMap(({ place, [side]: node }) => (node === undefined ? [] : [value(place, node)]))),
  ];
  return `| ${where} | ${values('tutorial').join('<br>') || '–'} | ${values('here').join('<br>') || '–'} | ${why} |`;
}

function value(place: string, node: Yaml): string {
  const [, key] = place.match(/: .*?([^.[\]]+|(?<=\[)[^[\]]+)\]?$/) ?? [];
  if (key === undefined) return 'there';
  if (place.includes('.cnf][')) return code(String(node) ? `${key}=${node}` : key);
  const text = stringify(withoutName(node), { collectionStyle: 'flow', flowCollectionPadding: true, lineWidth: 0 });
  return code(`${key}: ${text.trim()}`);
}

/** An element of a list without its name, which its place contains. */
function withoutName(node: Yaml): Yaml {
  if (typeof node !== 'object' || Array.isArray(node)) return node;
  const named = node.mountPath ? 'mountPath' : 'name';
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => key !== named)
      .map(([key, child]) => [key, withoutName(child)]),
  );
}

function code(text: string): string {
  return `\`${text.replace(/\|/g, '\\|')}\``;
}
