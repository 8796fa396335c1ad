import { ApiObject, App, Chart, Yaml } from 'cdk8s';
import { ReplicatedMySql, ReplicatedMySqlProps } from '../lib';
import { dnsNames } from '../lib/names';
import { RELEASES } from './choices';
import { block, lines, whole } from './markers';

/** The lines of each object, by its name in the construct. */
export type Objects = ReadonlyMap<string, readonly string[]>;

const ROLES = ['primary', 'replica'];

/** What the construct synthesizes, with template expressions and markers. `_primary` and `_replica` are the option files. */
export function objects(props: ReplicatedMySqlProps): Objects {
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
      data.initialize = '{{ .Values.initialize.policy }}';
      data[lines('include "replicated-mysql.contents" . | fromJson')] = '';
      data.podManagementPolicy = '{{ .Values.podManagementPolicy }}';
      data.replicas = '{{ .Values.replicas | int64 }}';
      break;
    case 'certificate':
      spec.dnsNames = dnsNames('{{ $name }}', '{{ .Release.Namespace }}', '{{ .Values.tls.clusterDomain }}');
      break;
    case 'headless-service':
      metadata.annotations = lines('.Values.metadata.serviceAnnotations');
      break;
    case 'primary-service':
    case 'read-service': {
      const values = `.Values.services.${name.split('-')[0]}`;
      metadata.annotations = lines(
        `mergeOverwrite (deepCopy .Values.metadata.serviceAnnotations) ${values}.annotations`,
      );
      spec.ipFamilyPolicy = lines(`${values}.ipFamilyPolicy`);
      spec.ipFamilies = lines(`${values}.ipFamilies`);
      break;
    }
    case 'network-policy':
      if (spec.ingress[1]) spec.ingress[1].from = [lines('include "replicated-mysql.clients" . | fromYamlArray')];
      spec.ingress.push(lines('include "replicated-mysql.clientRules" . | fromYamlArray'));
      spec.egress.push(lines('include "replicated-mysql.egressRules" . | fromYamlArray'));
      break;
    case 'role':
      object.rules[0].resourceNames = [lines('include "replicated-mysql.pods" . | fromYamlArray')];
      break;
    case 'role-binding':
      object.subjects[0].namespace = '{{ .Release.Namespace }}';
      break;
    case 'stateful-set':
      spec.replicas = whole('.Values.replicas');
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
  const mysql = pod.containers[0];
  mysql.env = lines('.Values.extras.env');
  mysql.volumeMounts.push(lines('.Values.extras.volumeMounts'));
  pod.initContainers.unshift(lines('.Values.extras.initContainers'));
  pod.containers.push(lines('.Values.extras.containers'));
  pod.volumes.push(lines('.Values.extras.volumes'));
  pod.terminationGracePeriodSeconds = whole('.Values.termination.gracePeriod');
  pod.imagePullSecrets = lines('include "replicated-mysql.pullSecrets" . | fromYamlArray');
  for (const field of ['affinity', 'tolerations', 'nodeSelector', 'priorityClassName']) {
    pod[field] = lines(`.Values.scheduling.${field}`);
  }
  if (!pod.topologySpreadConstraints?.length) {
    pod.topologySpreadConstraints = lines('.Values.scheduling.topologySpreadConstraints');
  }
}
