import { App, ApiObject, Chart, Yaml } from 'cdk8s';
import { ReplicatedMySql, ReplicatedMySqlProps } from '../lib';
import { BASE, Choice, CHOICES, CLONE_PLUGIN_CHOICES, LEFT_OUT, RELEASES, V9_7, XTRABACKUP } from './choices';
import { block, expressions, lines, number } from './markers';
import { merge } from './merge';

const ROLES = ['primary', 'replica'];

/** The lines of each object, by its name in the construct. */
type Objects = ReadonlyMap<string, readonly string[]>;

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

function combined<Props extends object>(props: Props, more: Props): Props {
  const entries = Object.entries(more).map(([key, value]) => {
    const given = props[key as keyof Props];
    return [key, isGroup(value) && isGroup(given) ? combined(given, value) : value];
  });
  return { ...props, ...Object.fromEntries(entries) };
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function objects(props: ReplicatedMySqlProps): Objects {
  const chart = new Chart(new App(), 'chart');
  const cluster = new ReplicatedMySql(chart, 'mysql', props);
  const all = cluster.node.children.filter(ApiObject.isApiObject);
  // Not through synth, whose rules are those of props: the markers violate them, and the chart has its own.
  return new Map([
    ...all.map((object): [string, string[]] => [object.node.id, yaml(withValues(object.node.id, json(object)))]),
    ...ROLES.map((role): [string, string[]] => [
      `_${role}`,
      optionFile(cluster.configMap.toJson().data[`${role}.cnf`]),
    ]),
  ]);
}

/** The option file of a role up to the comment, after which stands what the chart computes. */
function optionFile(text: string): string[] {
  const lines = text.split('\n');
  return lines.slice(0, lines.findIndex((line) => /^# By the memory/.test(line)) + 1);
}

function json(object: ApiObject): object {
  return JSON.parse(JSON.stringify(object.toJson()).replace(RELEASES, '{{ .Values.version }}'));
}

function yaml(object: object): string[] {
  const text = Yaml.stringify(object).trimEnd();
  if (/{{(?! )/.test(text)) throw new Error('a script has {{, which Helm would evaluate');
  return text.split('\n');
}

/** Values that the construct hands through, or that it computes: the templates of the latter are in chart/files. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as cdk8s declares it
function withValues(name: string, object: any): object {
  const { metadata, spec, data } = object;
  switch (name) {
    case 'config-map':
      for (const role of ROLES) {
        const parameters = `dict "Values" .Values "role" "${role}" "size" .Values.storage.size`;
        data[`${role}.cnf`] = block(`include "replicated-mysql.my-cnf" (${parameters})`);
      }
      data.initialize = '{{ .Values.initialize }}';
      data.podManagementPolicy = '{{ .Values.podManagementPolicy }}';
      data.replicas = '{{ .Values.replicas | int64 }}';
      break;
    case 'headless-service':
      metadata.annotations = lines('.Values.metadata.serviceAnnotations');
      break;
    case 'primary-service':
    case 'read-service': {
      const annotations = `.Values.services.${name.split('-')[0]}.annotations`;
      metadata.annotations = lines(`mergeOverwrite (deepCopy .Values.metadata.serviceAnnotations) ${annotations}`);
      break;
    }
    case 'network-policy':
      if (spec.ingress[1]) spec.ingress[1].from = [lines('include "replicated-mysql.clients" . | fromYamlArray')];
      break;
    case 'role':
      object.rules[0].resourceNames = [lines('include "replicated-mysql.pods" . | fromYamlArray')];
      break;
    case 'role-binding':
      object.subjects[0].namespace = '{{ .Release.Namespace }}';
      break;
    case 'stateful-set':
      spec.replicas = number('.Values.replicas | int64');
      spec.volumeClaimTemplates[0].spec.resources.requests.storage = '{{ .Values.storage.size }}';
      spec.podManagementPolicy = '{{ .Values.podManagementPolicy }}';
      spec.template.metadata.annotations['replicated-mysql/my-cnf-hash'] = '{{ include "replicated-mysql.hash" . }}';
      withPodValues(spec.template.spec);
  }
  return object;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any
function withPodValues(pod: any): void {
  for (const container of [...pod.initContainers, ...pod.containers]) {
    const group = ['init-mysql', 'mysql'].includes(container.name) ? 'mysql' : 'xtrabackup';
    container.resources = lines(`include "replicated-mysql.resources" (list . "${group}") | fromYaml`);
  }
  pod.terminationGracePeriodSeconds = number('.Values.termination.gracePeriod | int64');
  pod.imagePullSecrets = lines('include "replicated-mysql.pullSecrets" . | fromYamlArray');
  for (const field of ['affinity', 'tolerations', 'nodeSelector', 'priorityClassName']) {
    pod[field] = lines(`.Values.scheduling.${field}`);
  }
  if (!pod.topologySpreadConstraints?.length) {
    pod.topologySpreadConstraints = lines('.Values.scheduling.topologySpreadConstraints');
  }
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
