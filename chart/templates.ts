import { ReplicatedMySqlProps } from '../lib';
import { BASE, Choice, CHOICES, CLONE_PLUGIN_CHOICES, combined, LEFT_OUT, V9_7, XTRABACKUP } from './choices';
import { expressions } from './markers';
import { merge } from './merge';
import { Objects, objects } from './objects';

/** What all objects become on a condition. */
interface VariantObjects {
  readonly when: string;
  readonly objects: Objects;
}

/** The templates of all objects, by file name: the construct's YAML with values in place of props. */
export function templates(): Map<string, string> {
  const objects = merged(ofSeries(BASE), [variant(V9_7, ofSeries)]);
  const files = [...objects].map(([name, text]): [string, string] =>
    name.startsWith('_') ? [`${name}.tpl`, named(name, text)] : [`${name}.yaml`, template(presence(name, text))],
  );
  return new Map(files);
}

/** An object that a value leaves out. */
function presence(name: string, text: readonly string[]): readonly string[] {
  if (!objects(BASE).has(name)) return text;
  const absent = LEFT_OUT.find(({ props }) => !objects(combined(BASE, props)).has(name));
  return absent ? merge(text, [{ when: absent.when, text: [] }]) : text;
}

/** Choices change the same lines as these two do, so each stands in all of their variants. */
function ofSeries(props: ReplicatedMySqlProps): Objects {
  const byPlugin = withChoices(props, [...CHOICES, ...CLONE_PLUGIN_CHOICES]);
  const byXtraBackup = (props: ReplicatedMySqlProps) => withChoices(props, [...CHOICES, ...XTRABACKUP.choices]);
  return merged(byPlugin, [variant(XTRABACKUP, byXtraBackup, props)]);
}

function withChoices(props: ReplicatedMySqlProps, choices: readonly Choice[]): Objects {
  const variants = choices.map((choice) => variant(choice, (all) => withChoices(all, choice.choices ?? []), props));
  return merged(objects(props), variants);
}

function variant({ when, props }: Choice, of: (props: ReplicatedMySqlProps) => Objects, base = BASE): VariantObjects {
  return { when, objects: of(combined(base, props)) };
}

function merged(base: Objects, variants: readonly VariantObjects[]): Objects {
  const names = new Set([base, ...variants.map(({ objects }) => objects)].flatMap((objects) => [...objects.keys()]));
  return new Map(
    [...names].map((name) => {
      const text = variants.map(({ when, objects }) => ({ when, text: objects.get(name) ?? [] }));
      return [name, merge(base.get(name) ?? [], text)];
    }),
  );
}

/** Conditions and names that many lines use. */
const VARIABLES: Readonly<Record<string, string>> = {
  $name: 'include "replicated-mysql.name" .',
  $xtraBackup: XTRABACKUP.when,
};

function template(text: readonly string[]): string {
  const body = Object.entries(VARIABLES).reduce(
    (all, [variable, expression]) => all.replaceAll(expression, variable),
    expressions(text.join('\n')),
  );
  const used = Object.entries(VARIABLES).filter(([variable]) => body.includes(variable));
  return keepingBlankLines([...used.map(([variable, value]) => `{{- ${variable} := ${value} }}`), body, ''].join('\n'));
}

function named(name: string, text: readonly string[]): string {
  const body = expressions([...text, '{{- include "replicated-mysql.sizes" . }}'].join('\n'));
  return `{{- define "replicated-mysql.${name.slice(1)}" }}\n${keepingBlankLines(body)}\n{{- end }}\n`;
}

/** Helm trims the white space before a directive with a line of its own, so a blank line there needs something to keep it. */
function keepingBlankLines(text: string): string {
  return text.replace(/\n\n(?={{-)/g, '\n{{ "" }}\n');
}
