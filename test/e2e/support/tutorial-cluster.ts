import { Manifests, Yaml } from '../../support/manifests';
import { tutorial } from '../../tutorial/differences';
import { cloneMysql, initMysql, xtrabackup } from './tutorial-scripts';

const SCRIPTS: Record<string, string> = { 'init-mysql': initMysql, 'clone-mysql': cloneMysql, xtrabackup };
const IMAGES: Record<string, string> = {
  'mysql:5.7': 'mysql:8.4',
  'gcr.io/google-samples/xtrabackup:1.0': 'percona/percona-xtrabackup:8.4',
};

/** The objects that the tutorial applies, with scripts that work on current images, for `kubectl apply`. */
export function tutorialCluster(): string {
  return withScripts(tutorial());
}

/** The same with claims and requests for a small Kubernetes. */
export function smallTutorialCluster(): string {
  return withScripts(
    tutorial()
      .replace('storage: 10Gi', 'storage: 2Gi')
      .replace(/requests: { cpu: .* }/g, 'requests: { cpu: 50m, memory: 100Mi }'),
  );
}

function withScripts(objects: string): string {
  // The tutorial's MySQL 5.7 applies with one thread, which XtraBackup's --slave-info requires without GTIDs.
  const text = objects.replace('    super-read-only\n', '    super-read-only\n    replica-parallel-workers=1\n');
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items: Manifests.parse(text).all.map(working) });
}

function working(object: Yaml): unknown {
  if (object.kind !== ('StatefulSet' as unknown)) return object;
  const { spec } = object;
  const pod = spec.template.spec;
  const containers = (list: Yaml) => Object.values(list).map(container);
  const complete = { ...pod, initContainers: containers(pod.initContainers), containers: containers(pod.containers) };
  return { ...object, spec: { ...spec, template: { ...spec.template, spec: complete } } };
}

function container(given: Yaml): unknown {
  const [name, image] = [String(given.name), String(given.image)];
  const script = SCRIPTS[name];
  return {
    ...given,
    image: IMAGES[image],
    ...(script ? { command: ['bash', '-c', script] } : {}),
    ...(image.includes('xtrabackup') ? { securityContext: { runAsUser: 0 } } : {}), // as in the tutorial's image
  };
}
