import { ReplicatedMySqlProps } from '../../../lib';
import { Manifests, synth, Yaml } from '../../support/manifests';

/** A script of a pod, by what runs it. */
export type Scripts = Readonly<Record<string, string>>;

/** The text of every `bash -c` among the commands of a pod: of containers, by their names, and of their probes. */
export function scriptsIn(manifests: Manifests): Scripts {
  const pod = manifests.all.find(({ kind }) => String(kind) === 'StatefulSet')!.spec.template.spec;
  const containers: Yaml[] = [...Object.values(pod.initContainers), ...Object.values(pod.containers)];
  return Object.fromEntries(containers.flatMap((container) => commands(container, String(container.name))));
}

/** What a pod of a cluster is given. */
export interface Rendered {
  readonly scripts: Scripts;
  /** The files of /mnt/config-map. */
  readonly configMap: Readonly<Record<string, string>>;
}

/** A cluster with some props, rendered. */
export function rendered(props?: ReplicatedMySqlProps): Rendered {
  const manifests = synth(props);
  const { data } = manifests.all.find(({ kind }) => String(kind) === 'ConfigMap')!;
  return {
    scripts: scriptsIn(manifests),
    configMap: Object.fromEntries(Object.entries(data).map(([file, text]) => [file, String(text)])),
  };
}

function commands(node: Yaml, place: string): [string, string][] {
  if (typeof node !== 'object' || node === null) return [];
  const [program, option, script] = Object.values(node.command ?? {}).map(String);
  const own: [string, string][] = program === 'bash' && option === '-c' ? [[place, script]] : [];
  return [...own, ...Object.entries(node).flatMap(([key, child]) => commands(child, `${place} ${key}`))];
}
