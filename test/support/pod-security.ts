import { Yaml } from './manifests';

const VOLUMES = /^(configMap|csi|downwardAPI|emptyDir|ephemeral|persistentVolumeClaim|projected|secret)$/;
const SYSCTLS =
  /^(kernel\.shm_rmid_forced|net\.ipv4\.(ip_local_port_range|ip_local_reserved_ports|ip_unprivileged_port_start|tcp_(syncookies|keepalive_time|fin_timeout|keepalive_intvl|keepalive_probes|rmem|wmem)|ping_group_range))$/;
const SECCOMP = /^(RuntimeDefault|Localhost)$/;

/**
 * What the Pod Security Standard "restricted" refuses in a pod, those of "baseline" included.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function violationsOfRestricted(pod: Yaml): string[] {
  const { securityContext: ofPod = {} } = pod;
  const found: string[] = [];
  const require = (holds: unknown, what: string) => holds || found.push(what);
  for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) require(!pod[field], field);
  for (const { name, ...source } of list(pod.volumes)) {
    for (const kind of Object.keys(source)) require(VOLUMES.test(kind), `volume ${name}: ${kind}`);
  }
  for (const { name } of list(ofPod.sysctls)) require(SYSCTLS.test(String(name)), `sysctl ${name}`);
  const containers = [pod.initContainers, pod.containers, pod.ephemeralContainers].flatMap(list);
  for (const {
    name,
    securityContext: own = {},
    ports,
    livenessProbe,
    readinessProbe,
    startupProbe,
    lifecycle,
  } of containers) {
    const either = (field: string) => own[field] ?? ofPod[field];
    const says = (what: string) => `${name}: ${what}`;
    require(String(own.allowPrivilegeEscalation) === 'false', says('allowPrivilegeEscalation'));
    require(!own.privileged, says('privileged'));
    require(list(own.capabilities?.drop).some((name) => String(name) === 'ALL'), says('capabilities.drop'));
    require(list(own.capabilities?.add).every((name) => String(name) === 'NET_BIND_SERVICE'), says('capabilities.add'));
    require(String(either('runAsNonRoot')) === 'true', says('runAsNonRoot'));
    require(Number(either('runAsUser') ?? 1) !== 0, says('runAsUser'));
    require(SECCOMP.test(String(either('seccompProfile')?.type)), says('seccompProfile'));
    require(String(either('appArmorProfile')?.type) !== 'Unconfined', says('appArmorProfile'));
    require(String(own.procMount ?? 'Default') === 'Default', says('procMount'));
    require(!either('windowsOptions')?.hostProcess, says('hostProcess'));
    require(!either('seLinuxOptions'), says('seLinuxOptions')); // some types are allowed; nothing here needs one
    require(list(ports).every(({ hostPort }) => !hostPort), says('hostPort'));
    for (const handler of [livenessProbe, readinessProbe, startupProbe, lifecycle?.preStop, lifecycle?.postStart]) {
      require(!handler?.tcpSocket?.host && !handler?.httpGet?.host, says('the host of a probe'));
    }
  }
  return found;
}

function list(nodes: Yaml | undefined): Yaml[] {
  return Object.values(nodes ?? {});
}
