/**
 * The primary of a release `shop` of the chart bitnami/mysql, `architecture: replication`, on the image `mysql`: volume,
 * options, accounts and Secret are those of the chart 14.0.
 */
export function bitnamiPrimary(): object[] {
  const name = 'shop-mysql-primary';
  const labels = {
    'app.kubernetes.io/name': 'mysql',
    'app.kubernetes.io/instance': 'shop',
    'app.kubernetes.io/component': 'primary',
  };
  return [
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'shop-mysql' },
      stringData: {
        'mysql-root-password': 'old-root',
        'mysql-replication-password': "old'replication",
        'mysql-password': '',
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, labels },
      spec: { selector: labels, ports: [{ name: 'mysql', port: 3306 }] },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name, labels },
      spec: {
        serviceName: `${name}-headless`,
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            securityContext: { fsGroup: 1001 },
            containers: [
              {
                name: 'mysql',
                image: 'mysql:8.4',
                command: ['bash', '-c', SERVER],
                env: [{ name: 'MYSQL_ROOT_PASSWORD_FILE', value: `${SECRETS}/mysql-root-password` }],
                securityContext: { runAsUser: 1001, runAsNonRoot: true },
                resources: { requests: { cpu: '50m', memory: '500Mi' } },
                readinessProbe: {
                  exec: {
                    command: [
                      'bash',
                      '-c',
                      'MYSQL_PWD=$(<$MYSQL_ROOT_PASSWORD_FILE) mysqladmin ping --host=127.0.0.1 --user=root',
                    ],
                  },
                },
                volumeMounts: [
                  { name: 'data', mountPath: '/bitnami/mysql' },
                  { name: 'empty-dir', mountPath: '/opt/bitnami/mysql/tmp', subPath: 'app-tmp-dir' },
                  { name: 'mysql-credentials', mountPath: SECRETS },
                ],
              },
            ],
            volumes: [
              { name: 'empty-dir', emptyDir: {} },
              { name: 'mysql-credentials', secret: { secretName: 'shop-mysql' } },
            ],
          },
        },
        volumeClaimTemplates: [
          {
            metadata: { name: 'data' },
            spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Gi' } } },
          },
        ],
      },
    },
  ];
}

const SECRETS = '/opt/bitnami/mysql/secrets';

/** What the image of the chart does: it makes its own accounts, and starts with a random server-id and without GTIDs. UTF8 is utf8mb3. */
const SERVER = `set -eu
data=/bitnami/mysql/data tmp=/opt/bitnami/mysql/tmp
options=(--no-defaults --datadir=$data --socket=$tmp/mysql.sock --pid-file=$tmp/mysqld.pid --skip-name-resolve
  --explicit-defaults-for-timestamp --max-allowed-packet=16M --character-set-server=utf8mb3 --mysqlx=0 "--authentication-policy=* ,,"
  --server-id=$((RANDOM % 999 + 1)) --log-bin=mysql-bin --sync-binlog=1 --innodb-flush-log-at-trx-commit=1)
if [ ! -e $data/mysql ]; then
  cat >$tmp/accounts.sql <<SQL
DELETE FROM mysql.user WHERE user NOT IN ('mysql.sys', 'mysql.infoschema', 'mysql.session');
FLUSH PRIVILEGES;
CREATE USER 'root'@'%' IDENTIFIED BY '$(<$MYSQL_ROOT_PASSWORD_FILE)';
GRANT ALL ON *.* TO 'root'@'%' WITH GRANT OPTION;
CREATE USER 'replicator'@'%' IDENTIFIED BY "$(<${SECRETS}/mysql-replication-password)";
GRANT REPLICATION SLAVE ON *.* TO 'replicator'@'%' WITH GRANT OPTION;
SQL
  mysqld "\${options[@]}" --initialize-insecure --init-file=$tmp/accounts.sql
fi
exec mysqld "\${options[@]}"
`;
