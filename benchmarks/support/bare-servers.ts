/** Three servers of the image alone: no probes, no sidecar, no replication. For `kubectl apply`. */
export function bareServers(): string {
  const labels = { app: 'mysql' };
  return JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'mysql' },
    spec: {
      selector: { matchLabels: labels },
      serviceName: 'mysql',
      podManagementPolicy: 'Parallel',
      replicas: 3,
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name: 'mysql',
              image: 'mysql:8.4',
              env: [{ name: 'MYSQL_ALLOW_EMPTY_PASSWORD', value: '1' }],
              resources: { requests: { cpu: '500m', memory: '1Gi' } },
              volumeMounts: [{ name: 'data', mountPath: '/var/lib/mysql', subPath: 'mysql' }],
            },
          ],
        },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } },
        },
      ],
    },
  });
}
