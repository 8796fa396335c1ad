import { CloneMethod, ReplicatedMySqlProps } from '../../../lib';
import { Manifests, synth, Yaml } from '../../support/manifests';

/** The scripts of a pod. A key is the name of the container, followed by the path of the probe or hook, if any. */
export type Scripts = Readonly<Record<string, string>>;

/** Finds the text of every `bash -c` in the commands, probes and hooks of a pod's containers. */
export function scriptsIn(manifests: Manifests): Scripts {
  const pod = manifests.all.find(({ kind }) => String(kind) === 'StatefulSet')!.spec.template.spec;
  const containers: Yaml[] = [...Object.values(pod.initContainers), ...Object.values(pod.containers)];
  return Object.fromEntries(containers.flatMap((container) => commands(container, String(container.name))));
}

/** The scripts and the ConfigMap of a cluster's pods. */
export interface Rendered {
  readonly scripts: Scripts;
  /** The files of /mnt/config-map. */
  readonly configMap: Readonly<Record<string, string>>;
}

/** Synthesizes a cluster with the given props. */
export function rendered(props?: ReplicatedMySqlProps): Rendered {
  const manifests = synth(props);
  const { data } = manifests.all.find(({ kind }) => String(kind) === 'ConfigMap')!;
  return {
    scripts: scriptsIn(manifests),
    configMap: Object.fromEntries(Object.entries(data).map(([file, text]) => [file, String(text)])),
  };
}

/** A cluster that clones by XtraBackup: its listener, socat, has a stub, and the machine needs no gawk. */
export const byXtrabackup = (props?: ReplicatedMySqlProps): Rendered =>
  rendered({ cloneMethod: CloneMethod.xtraBackup(), ...props });

function commands(node: Yaml, place: string): [string, string][] {
  if (typeof node !== 'object' || node === null) return [];
  const [program, option, script] = Object.values(node.command ?? {}).map(String);
  const own: [string, string][] = program === 'bash' && option === '-c' ? [[place, script]] : [];
  return [...own, ...Object.entries(node).flatMap(([key, child]) => commands(child, `${place} ${key}`))];
}
