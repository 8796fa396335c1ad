import { Finding } from './findings';

/** Findings that stay, and why. */
interface Accepted {
  /** Of kube-score, and of checkov (`CKV…`). */
  readonly checks: readonly string[];
  /** The objects that have them; all, if it is left out. */
  readonly objects?: RegExp;
  readonly reason: string;
}

/** `production` shows what the others leave out. */
const NOT_PRODUCTION = /^(?!production )/;

/** What the scanners find in clusters. docs/reference/scanners.md lists it. */
export const ACCEPTED: readonly Accepted[] = [
  {
    checks: ['container-security-context-user-group-id', 'CKV_K8S_40'],
    reason: 'The uid and gid 999 are those of `mysql` in the official image. No path of a node is mounted.',
  },
  {
    checks: ['container-image-pull-policy', 'CKV_K8S_15'],
    reason: 'An instance must start again while the registry is away. Name one release, whose tag does not move.',
  },
  {
    checks: ['CKV_K8S_43'],
    reason: 'An example cannot know the digest in your registry. `images` takes one.',
  },
  {
    checks: ['container-resources', 'CKV_K8S_11'],
    reason: 'Without a limit of CPU, a server uses what is idle. `resources` takes one.',
  },
  {
    checks: ['CKV_K8S_13', 'container-ephemeral-storage-request-and-limit'],
    objects: NOT_PRODUCTION,
    reason: 'The example `production` has limits of memory and ephemeral storage. They depend on your nodes.',
  },
  {
    checks: ['statefulset-has-host-podantiaffinity'],
    reason: 'Topology spread constraints spread the pods over nodes; the scanner knows only affinity.',
  },
  {
    checks: ['service-targets-pod'],
    objects: /^\S+ Service\/\S+-primary$/,
    reason:
      'The Service selects the label with the name of the pod, which Kubernetes sets on each pod of a StatefulSet.',
  },
  {
    checks: ['service-targets-pod'],
    objects: /^\S+ Service\/\S+-read$/,
    reason: 'With `Reads.fromReplicas()`, it selects a label that each pod sets on itself while it serves reads.',
  },
  {
    checks: ['CKV_K8S_9'],
    reason: 'The readiness probe of `mysql` connects to the port of the sidecar, so it covers both.',
  },
  {
    checks: ['CKV_K8S_8'],
    reason:
      'The sidecar ends when it fails. When its verdict grows old, the pod is unready; a restart would cut clones off.',
  },
  {
    checks: ['CKV_K8S_21'],
    objects: NOT_PRODUCTION,
    reason: 'Without the prop `namespace`, kubectl decides.',
  },
];

/** What they find in the apps that the examples stand next to, which are not the library's. */
export const OF_OTHER_APPS: readonly Accepted[] = [
  {
    checks: ['container-security-context-readonlyrootfilesystem', 'CKV_K8S_22', 'statefulset-has-poddisruptionbudget'],
    objects: /^eureka /,
    reason: 'Its image is not known to run read-only, and its nodes stop alone.',
  },
  {
    checks: [
      ...['deployment-has-host-podantiaffinity', 'deployment-has-poddisruptionbudget'],
      ...['CKV_K8S_35', 'CKV2_K8S_6', 'pod-networkpolicy'],
    ],
    objects: /^(own-app|eureka) /,
    reason: 'It stands for an application of yours.',
  },
];

/** One row for each check. */
export const ROWS = [...ACCEPTED, ...OF_OTHER_APPS].flatMap(({ checks, objects = /^/ }) =>
  checks.map((check) => ({ check, objects })),
);

/** Whether a row accepts a finding. */
export function accepts({ check, objects }: (typeof ROWS)[number], finding: Finding): boolean {
  return check === finding.check && objects.test(finding.object);
}
