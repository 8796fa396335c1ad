/** A difference between the YAML of main.ts and that of the tutorial, with its reason. */
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

/** Exactly one of these names each place at which the YAML differs. docs/reference/deviations.md shows them. */
export const DEVIATIONS: readonly Deviation[] = [
  {
    places: ['ConfigMap/mysql: metadata.labels[app.kubernetes.io/*]'],
    why: "These are the labels that Kubernetes recommends, for tools that group objects by them. The tutorial's own label `app: mysql` is on every object.",
  },
  {
    places: [
      'Service/mysql*: metadata.labels[app.kubernetes.io/*]',
      `${TEMPLATE}.metadata.labels[app.kubernetes.io/*]`,
    ],
    why: 'The same labels, where the tutorial has none or only the name.',
  },
  {
    places: ['StatefulSet/mysql: metadata.labels'],
    why: 'The same labels, and `app: mysql`, so that clean-up by label also finds the StatefulSet.',
  },
  {
    places: ['Service/mysql*: spec.selector[app.kubernetes.io/*]'],
    why: 'Applications label their own pods with `app: <name>`. A foreign pod with that label must not become an endpoint, so the Services also select by labels that only the pods of this cluster carry.',
  },
  {
    places: ['Service/mysql-read: metadata.labels.readonly'],
    why: 'Nothing selects by this label, and it promises too much: the Service also leads to the primary.',
  },
  {
    places: [`${CNF}[log-bin]`, `${CNF}[relay-log]`, `${CNF}[log-replica-updates]`],
    why: 'Every instance has the same logs under the same fixed names. So a clone finds them under the names that it knows, any instance can serve clones, and the data of a replica can become that of the primary.',
  },
  {
    places: [`${CNF}[gtid-mode]`, `${CNF}[enforce-gtid-consistency]`],
    why: 'Replication uses GTIDs. The position at which a replica continues follows from its data and cannot be lost, and the scripts can compare what two instances hold before one replicates from the other.',
  },
  {
    places: [`${CNF}[super-read-only]`, `${CNF}[skip-replica-start]`],
    why: 'Every instance, including the primary, boots read-only with replication stopped. The container xtrabackup opens the primary and starts replication once cluster ids and GTIDs have shown that the instances belong together.',
  },
  {
    places: [
      `${CNF}[sync-binlog]`,
      `${CNF}[innodb-flush-log-at-trx-commit]`,
      `${CNF}[relay-log-recovery]`,
      `${CNF}[replica-preserve-commit-order]`,
    ],
    why: 'An acknowledged commit survives a crash, on the primary and on replicas. Except for relay-log-recovery, these are defaults of MySQL 8.4. They are written out because safety depends on them.',
  },
  {
    places: [`${CNF}[disabled-storage-engines]`],
    why: 'A clone carries the tables of InnoDB alone. MEMORY stays, for temporary tables.',
  },
  {
    places: [`${CNF}[persisted-globals-load]`],
    why: 'What SET PERSIST has written would override every other option at the next start, also that both roles boot read-only.',
  },
  {
    places: [`${CNF}[loose-mysqlx]`],
    why: 'Nothing here uses the X protocol, so its port stays closed unless a setting opens it.',
  },
  {
    places: [`${CNF}[replica-parallel-workers]`],
    why: 'A replica syncs each commit, and shares the syncs between its workers only. With the 4 of the server it applies a burst of many writers more slowly than the primary commits it.',
  },
  {
    places: [`${CNF}[replica-net-timeout]`],
    why: 'A replica notices a dead connection within 8 s instead of 60 s.',
  },
  {
    places: [`${CNF}[skip-name-resolve]`],
    why: 'A slow DNS must not delay logins. The accounts need no host names.',
  },
  {
    places: [`${CNF}[binlog-expire-logs-seconds]`],
    why: 'The server keeps binary logs for 7 days instead of 30, because the claim has 10Gi. A replica that was away for longer takes a new clone.',
  },
  {
    places: [`${CNF}[loose-innodb-numa-interleave]`],
    why: 'It needs a system call that the seccomp profile of the pod refuses, so it would only fill the log.',
  },
  {
    places: [`${CNF}.tmpdir`, `${CNF}[innodb-temp-data-file-path]`, `${MYSQL}.volumeMounts[/mnt/temporary]`],
    why: "A sort or a change of a table can write as much as the database holds. In the tutorial it fills the node's disk, and the node evicts its pods. Here it goes to the volume, where the statement fails and the pod stays. `storage.temporary` chooses another place.",
  },
  {
    places: [
      `${CNF}[innodb-buffer-pool-size]`,
      `${CNF}[innodb-buffer-pool-instances]`,
      `${CNF}[innodb-log-buffer-size]`,
      `${CNF}[temptable-max-ram]`,
      `${CNF}[binlog-transaction-dependency-history-size]`,
    ],
    why: 'The memory of the server follows that of its container. Its defaults are those of a server of 1 GiB in some places, and of the whole node in others.',
  },
  {
    places: [`${CNF}[innodb-redo-log-capacity]`],
    why: 'A larger redo log lets a clone by XtraBackup take longer under writes before it has to begin again. It follows the size of the volume.',
  },
  {
    places: [`${POD}.volumes.conf.emptyDir.sizeLimit`],
    why: 'Whatever is written on a node has a bound.',
  },
  {
    places: ['initialize', 'podManagementPolicy', 'replicas'].map((key) => `ConfigMap/mysql: data.${key}`),
    why: 'An empty primary reads these before it initializes or restores a database. They are not in its script, so a change of them restarts no pod.',
  },
  {
    places: ['Service/mysql: spec.publishNotReadyAddresses'],
    why: 'Peers must find each other before they are ready: the primary asks them whether they hold data before it initializes any.',
  },
  {
    places: ['Service/mysql-primary'],
    why: 'Writes get an address that stays when the pod gets another one, and that can be exposed. `mysql-0.mysql` also leads to the primary, as in the tutorial.',
  },
  {
    places: ['PodDisruptionBudget/mysql'],
    why: 'A drain of several nodes takes one instance after the other. The tutorial leaves this to its reader.',
  },
  {
    places: ['NetworkPolicy/mysql'],
    why: 'The peer port is open to the pods of this cluster only. In the tutorial, everybody in the Kubernetes cluster who connects to it gets a copy of all data. The pods connect to each other and to DNS only.',
  },
  {
    places: ['ConfigMap/mysql: metadata.annotations'],
    why: 'Flux replaces `${…}` in what it applies, where its user has turned that on. This leaves scripts and option files as they are.',
  },
  {
    places: ['StatefulSet/mysql: metadata.annotations'],
    why: "The first is the same. The second warns of the tutorial's empty password of root. `Credentials.fromSecret()` removes the danger, and the warning with it.",
  },
  {
    places: [`${TEMPLATE}.metadata.annotations`],
    why: 'A changed my.cnf rolls the pods. Without the hash, each pod would take up the change whenever it happens to restart.',
  },
  {
    places: [`${SET}.updateStrategy`],
    why: 'This is the default of Kubernetes, written out for the prop `update.partition`.',
  },
  {
    places: ['apiVersion', 'kind', 'status', 'spec.volumeMode'].map(
      (field) => `${SET}.volumeClaimTemplates.data.${field}`,
    ),
    why: 'Kubernetes adds these. It takes the templates as one value, so without them a second manager of server-side apply would get a conflict, and tools that compare a difference.',
  },
  {
    places: [`${INIT}.image`, `${MYSQL}.image`, `${CLONE}.image`, `${XTRABACKUP}.image`],
    why: 'MySQL 5.7 gets no more fixes. Its images, and that of XtraBackup 2.4.4 of 2016, exist for amd64 only.',
  },
  {
    places: [`${MYSQL}.command`, `${MYSQL}.env`],
    why: 'The container starts mysqld itself, and only on a complete data directory. A kill can leave the initialization of the image half done, so it never runs: init-mysql initializes the database completely or not at all.',
  },
  {
    places: [
      `${INIT}.volumeMounts[/mnt/data]`,
      `${CLONE}.volumeMounts[/mnt/data]`,
      `${XTRABACKUP}.volumeMounts[/mnt/data]`,
      `${CLONE}.volumeMounts[/var/lib/mysql]`,
      `${CLONE}.volumeMounts[/etc/mysql/conf.d]`,
    ],
    why: 'Scripts build a data directory in staging and move it into place by one rename once it is complete. They need the root of the volume for this, because a mount point cannot be renamed.',
  },
  {
    places: [`*volumeMounts[/mnt/credentials]`, `${POD}.volumes.credentials`],
    why: 'Passwords are files that scripts read at each use. They are never in an environment or an argument. In this YAML they are empty, and in memory.',
  },
  {
    places: [
      `*volumeMounts[/tmp]`,
      `*volumeMounts[/var/run/mysqld]`,
      `${POD}.volumes.tmp`,
      `${POD}.volumes.run`,
      `${XTRABACKUP}.volumeMounts[/etc/mysql/my.cnf]`,
    ],
    why: 'Root file systems are read-only, so containers write to volumes. The containers mysql and xtrabackup share the socket of the server and the options of the client: a plain `mysql` in either logs in as root.',
  },
  {
    places: [`*volumeMounts[/etc/mysql/conf.d].readOnly`],
    why: 'Only init-mysql writes the configuration.',
  },
  {
    places: [`${CLONE}.volumeMounts[/mnt/config-map]`, `${XTRABACKUP}.volumeMounts[/mnt/config-map]`],
    why: 'A restore waits for all replicas, and a purge of binary logs asks all of them; their number is in the ConfigMap.',
  },
  {
    places: [`*terminationMessagePolicy`],
    why: '`kubectl describe pod` then shows the reason when a container ends.',
  },
  {
    places: [`${XTRABACKUP}.ports.ready`],
    why: 'The readiness probe of `mysql` connects to this port, which the sidecar keeps open while the instance is ready.',
  },
  {
    places: [`${XTRABACKUP}.ports.clone`],
    why: 'Clones are encrypted: the donor sends them on a port that speaks TLS, and questions stay on 3307, where they must be answered before any server has a certificate.',
  },
  {
    places: [`${INIT}.env`, `${CLONE}.env`, `${XTRABACKUP}.env`],
    why: 'An instance trusts DNS only if its own name resolves to its own address, which it has to know.',
  },
  {
    places: [`${INIT}.resources`, `${CLONE}.resources`],
    why: 'The init containers have the resources of the containers whose work they do. A namespace with a quota refuses pods without resources, and a pod reserves no more because of these.',
  },
  {
    places: [`${XTRABACKUP}.resources.*`],
    why: 'This container takes a new clone when its replica cannot catch up, and serves clones. Both need more memory than 100Mi.',
  },
  {
    places: [`${POD}.securityContext`, `${POD}.*ontainers*.securityContext`, `${POD}.automountServiceAccountToken`],
    why: 'The Pod Security Standard "restricted" asks for a user other than root, and for no privileges. The pod also has no token.',
  },
  {
    places: [`${POD}.enableServiceLinks`],
    why: 'Kubernetes would otherwise add a variable to the environment for each Service. A Service named `mysql-tcp` would set MYSQL_TCP_PORT, which MySQL reads.',
  },
  {
    places: [`${MYSQL}.startupProbe`, `${MYSQL}.livenessProbe.*`],
    why: 'Recovery after a crash may take hours, so liveness begins when the server has answered once. The tutorial kills such a server after a minute, again and again. Each liveness probe starts processes, and only has to find a server that hangs, so it is rare.',
  },
  {
    places: [`${MYSQL}.readinessProbe.*`],
    why: 'The sidecar asks the server, checks the role, and keeps a port open while the instance is ready: so no probe starts a process. A primary is ready when it is open. A replica is ready when it replicates, or when it has replicated and the primary is away. Under load an answer may take longer than 1 s.',
  },
  {
    places: [`${MYSQL}.lifecycle`, `${POD}.terminationGracePeriodSeconds`],
    why: 'A pod that ends leaves the endpoints first. A replica then applies what it has received. After that there is time for a clean shutdown.',
  },
  {
    places: [`${POD}.topologySpreadConstraints`],
    why: 'A node that fails takes only one instance with it, if there are enough nodes.',
  },
];

/** The commands of the walk-through that differ from the tutorial's. */
export const COMMANDS: readonly { readonly tutorial: string; readonly here: string; readonly why: string }[] = [
  {
    tutorial: 'kubectl run mysql-client --image=mysql:5.7 ...',
    here: 'kubectl run mysql-client --image=mysql:8.4 ...',
    why: 'The client has the version of the server.',
  },
  {
    tutorial: 'kubectl exec mysql-2 -c mysql -- mv /usr/bin/mysql /usr/bin/mysql.off',
    here: 'kubectl exec mysql-2 -c mysql -- touch /var/run/mysqld/unready',
    why: 'The container does not run as root and its file system is read-only, so it cannot rename its programs. Removing the file makes the pod ready again.',
  },
  {
    tutorial: 'kubectl delete configmap,service,pvc -l app=mysql',
    here: 'kubectl delete statefulset,configmap,service,networkpolicy,pdb,pvc -l app=mysql',
    why: 'There are two more kinds of objects, and the StatefulSet also has the label.',
  },
];
