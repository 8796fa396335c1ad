/** Why the YAML of main.ts is not the tutorial's at some places. */
export interface Deviation {
  /** Places as `compare` writes them; `*` stands for anything. */
  readonly places: readonly string[];
  readonly why: string;
}

const CNF = 'ConfigMap/mysql: data[*.cnf]';
const SET = 'StatefulSet/mysql: spec';
const TEMPLATE = `${SET}.template`;
const POD = `${TEMPLATE}.spec`;
const INIT = `${POD}.initContainers[init-mysql]`;
const CLONE = `${POD}.initContainers[clone-mysql]`;
const MYSQL = `${POD}.containers.mysql`;
const XTRABACKUP = `${POD}.containers.xtrabackup`;

/** Every place at which the YAML differs is named by exactly one of these. docs/reference/deviations.md shows them. */
export const DEVIATIONS: readonly Deviation[] = [
  {
    places: ['ConfigMap/mysql: metadata.labels[app.kubernetes.io/*]'],
    why: "The labels that Kubernetes recommends, for tools that group objects by them. The tutorial's own label `app: mysql` is on every object.",
  },
  {
    places: [
      'Service/mysql*: metadata.labels[app.kubernetes.io/*]',
      `${TEMPLATE}.metadata.labels[app.kubernetes.io/*]`,
    ],
    why: 'The same, where the tutorial has none or just the name.',
  },
  {
    places: ['StatefulSet/mysql: metadata.labels'],
    why: 'The same, and `app: mysql`, so that clean-up by label finds the StatefulSet, too.',
  },
  {
    places: ['Service/mysql*: spec.selector[app.kubernetes.io/*]'],
    why: 'Applications label their own pods with `app: <name>`. A foreign pod with that label must not become an endpoint, so the Services also select by labels that only the pods of this cluster carry.',
  },
  {
    places: ['Service/mysql-read: metadata.labels.readonly'],
    why: 'Nothing selects by it, and it says too much: the Service reaches the primary, too.',
  },
  {
    places: [`${CNF}[log-bin]`, `${CNF}[relay-log]`, `${CNF}[log-replica-updates]`],
    why: 'The same logs under the same fixed names on every instance: a clone finds them under the names that it knows, any instance can serve clones, and a replica can become the primary.',
  },
  {
    places: [`${CNF}[gtid-mode]`, `${CNF}[enforce-gtid-consistency]`],
    why: 'Replication by GTID: where a replica goes on follows from its data and cannot be lost, and what one instance holds and another lacks can be compared before they replicate.',
  },
  {
    places: [`${CNF}[super-read-only]`, `${CNF}[skip-replica-start]`],
    why: 'Every instance boots read-only with replication stopped, the primary, too. The container xtrabackup opens the primary and starts replication once identity and GTIDs have shown that nothing merges that does not belong together.',
  },
  {
    places: [
      `${CNF}[sync-binlog]`,
      `${CNF}[innodb-flush-log-at-trx-commit]`,
      `${CNF}[relay-log-recovery]`,
      `${CNF}[replica-preserve-commit-order]`,
    ],
    why: 'What a client was told is committed survives a crash, on the primary and on replicas. Defaults of MySQL 8.4, but for relay-log-recovery; written out because safety rests on them.',
  },
  {
    places: [`${CNF}[loose-mysqlx]`],
    why: 'Nothing here speaks the X protocol. A port that nobody needs stays closed, unless a setting opens it.',
  },
  {
    places: [`${CNF}[replica-net-timeout]`],
    why: 'A replica notices a dead connection within 8 s, not 60.',
  },
  {
    places: [`${CNF}[skip-name-resolve]`],
    why: 'A slow DNS delays no login. Accounts are by address anyway.',
  },
  {
    places: [`${CNF}[binlog-expire-logs-seconds]`],
    why: 'Binary logs are kept for 7 days, not 30, beside a claim of 10Gi. A replica that was away for longer is cloned again.',
  },
  {
    places: [`${CNF}[loose-innodb-numa-interleave]`],
    why: 'It needs a system call that the seccomp profile of the pod refuses, and would just fill the log.',
  },
  {
    places: ['initialize', 'podManagementPolicy', 'replicas'].map((key) => `ConfigMap/mysql: data.${key}`),
    why: 'What an empty primary goes by before it initializes or restores a database. Here and not in its scripts, so that a change restarts no pod.',
  },
  {
    places: ['Service/mysql: spec.publishNotReadyAddresses'],
    why: 'Peers must find each other before they are ready: the primary asks them whether they hold data before it initializes any.',
  },
  {
    places: ['Service/mysql-primary'],
    why: 'One address for writes that stays when the pod gets another, and that can be exposed. `mysql-0.mysql` is the primary, too, as in the tutorial.',
  },
  {
    places: ['PodDisruptionBudget/mysql'],
    why: 'A drain of several nodes takes one instance after the other, as the tutorial asks its reader to see to.',
  },
  {
    places: ['NetworkPolicy/mysql'],
    why: 'The port for clones is open to the pods of the cluster only. In the tutorial, anybody in the Kubernetes cluster who connects to it gets a copy of all data.',
  },
  {
    places: ['StatefulSet/mysql: metadata.annotations'],
    why: "The tutorial's empty password of root is marked as what it is. `Credentials.fromSecret()` takes the mark and the danger away.",
  },
  {
    places: [`${TEMPLATE}.metadata.annotations`],
    why: 'A changed my.cnf rolls the pods. Without it they would take it up one by one, whenever they happen to restart.',
  },
  {
    places: [`${SET}.updateStrategy`],
    why: 'What Kubernetes does by default, written out for the prop `update.partition`.',
  },
  {
    places: [`${INIT}.image`, `${MYSQL}.image`, `${CLONE}.image`, `${XTRABACKUP}.image`],
    why: 'MySQL 5.7 gets no more fixes; its images and that of XtraBackup 2.4.4, of 2016, are for amd64 only.',
  },
  {
    places: [`${MYSQL}.command`, `${MYSQL}.env`],
    why: 'The container starts mysqld itself, and only on a data directory that is complete. The initialization of the image, which a kill can leave half done, never runs: init-mysql initializes, all or nothing.',
  },
  {
    places: [
      `${INIT}.volumeMounts[/mnt/data]`,
      `${CLONE}.volumeMounts[/mnt/data]`,
      `${XTRABACKUP}.volumeMounts[/mnt/data]`,
      `${CLONE}.volumeMounts[/var/lib/mysql]`,
      `${CLONE}.volumeMounts[/etc/mysql/conf.d]`,
    ],
    why: 'Data directories are built beside their final place and moved there by one rename once they are whole. That takes the root of the volume: a mount point cannot be renamed.',
  },
  {
    places: [`*volumeMounts[/mnt/credentials]`, `${POD}.volumes.credentials`],
    why: 'Passwords are files, read at each use, never in an environment or an argument. Here they are empty, and in memory.',
  },
  {
    places: [
      `*volumeMounts[/tmp]`,
      `*volumeMounts[/var/run/mysqld]`,
      `${POD}.volumes.tmp`,
      `${POD}.volumes.run`,
      `${XTRABACKUP}.volumeMounts[/etc/mysql/my.cnf]`,
    ],
    why: 'Root file systems are read-only, so what is written has a volume. The containers mysql and xtrabackup share the socket of the server and the options of the client: a plain `mysql` in either logs in as root.',
  },
  {
    places: [`*volumeMounts[/etc/mysql/conf.d].readOnly`],
    why: 'Only init-mysql writes the configuration.',
  },
  {
    places: [`${CLONE}.volumeMounts[/mnt/config-map]`],
    why: 'A primary that is restored from a replica waits for all replicas, whose number is there.',
  },
  {
    places: [`*terminationMessagePolicy`],
    why: 'kubectl describe pod then shows why a container ended.',
  },
  {
    places: [`${INIT}.env`, `${CLONE}.env`, `${XTRABACKUP}.env`],
    why: 'An instance knows that DNS works when its own name resolves to its own address.',
  },
  {
    places: [`${INIT}.resources`, `${CLONE}.resources`],
    why: 'Of the containers whose work they do: a namespace with a quota takes no pod without. A pod reserves no more for it.',
  },
  {
    places: [`${POD}.securityContext`, `${POD}.*ontainers*.securityContext`, `${POD}.automountServiceAccountToken`],
    why: 'Pod Security "restricted": one user that is not root, no privileges, no token.',
  },
  {
    places: [`${POD}.enableServiceLinks`],
    why: 'Keeps the environment free of what Kubernetes makes of Services: one named `mysql-tcp` would set MYSQL_TCP_PORT, which MySQL reads.',
  },
  {
    places: [`${MYSQL}.startupProbe`, `${MYSQL}.livenessProbe.*`],
    why: 'Recovery after a crash may take hours: liveness begins when the server has answered once. The tutorial kills it after a minute, again and again.',
  },
  {
    places: [`${MYSQL}.readinessProbe.*`],
    why: '`SELECT 1` over TCP, as in the tutorial, and the role: a primary is ready when it is open for writes, a replica when it replicates, or has replicated and the primary is away. Under load an answer may take longer than 1 s.',
  },
  {
    places: [`${MYSQL}.lifecycle`, `${POD}.terminationGracePeriodSeconds`],
    why: 'A pod that ends leaves the endpoints first; a replica applies what it has received; then there is time for a clean shutdown.',
  },
  {
    places: [`${POD}.topologySpreadConstraints`],
    why: 'One failed node takes one instance, as far as there are nodes.',
  },
];

/** Where the walk-through is not word for word the tutorial's. */
export const COMMANDS: readonly { readonly tutorial: string; readonly here: string; readonly why: string }[] = [
  {
    tutorial: 'kubectl run mysql-client --image=mysql:5.7 ...',
    here: 'kubectl run mysql-client --image=mysql:8.4 ...',
    why: 'The client of the same version as the server.',
  },
  {
    tutorial: 'kubectl exec mysql-2 -c mysql -- mv /usr/bin/mysql /usr/bin/mysql.off',
    here: 'kubectl exec mysql-2 -c mysql -- touch /var/run/mysqld/unready',
    why: 'The container is not root and its file system is read-only, so it cannot rename its programs. Removing the file mends it.',
  },
  {
    tutorial: 'kubectl delete configmap,service,pvc -l app=mysql',
    here: 'kubectl delete statefulset,configmap,service,networkpolicy,pdb,pvc -l app=mysql',
    why: 'There are two more kinds of objects, and the StatefulSet has the label, too.',
  },
];
