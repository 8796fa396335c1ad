import { App, Chart, Size } from 'cdk8s';
import { k8s, PodManagementPolicy } from 'cdk8s-plus-28';
import { ClusteredApp, Exposure } from '../../lib'; // in your own app: 'cdk8s-replicated-mysql'

const PORT = 8761;
const NODES = 2;

// Two nodes of a Eureka service registry, which know each other by name, behind an internal load balancer.
const app = new App();
const chart = new Chart(app, 'eureka');
const peers = Array.from({ length: NODES }, (_, i) => `http://eureka-${i}.eureka:${PORT}/eureka/`);
const port = k8s.IntOrString.fromNumber(PORT);

new ClusteredApp(chart, 'eureka', {
  name: 'eureka',
  replicas: NODES,
  ports: { http: PORT },
  pod: {
    automountServiceAccountToken: false,
    // A user that is not root, who may write to the volume.
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 1000,
      fsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name: 'eureka',
        image: 'steeltoeoss/eureka-server:3.3.1',
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        resources: { requests: { cpu: k8s.Quantity.fromString('100m'), memory: k8s.Quantity.fromString('512Mi') } },
        ports: [{ name: 'http', containerPort: PORT }],
        env: [
          { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
          { name: 'EUREKA_INSTANCE_HOSTNAME', value: '$(POD_NAME).eureka' },
          { name: 'EUREKA_CLIENT_SERVICEURL_DEFAULTZONE', value: peers.join() },
        ],
        livenessProbe: { tcpSocket: { port }, initialDelaySeconds: 30 },
        readinessProbe: { httpGet: { path: '/actuator/health', port } },
        volumeMounts: [{ name: 'data', mountPath: '/data' }],
      },
    ],
  },
  claims: [
    {
      name: 'data',
      size: Size.gibibytes(1),
      storageClassName: 'shared-files',
      accessModes: ['ReadWriteOnce', 'ReadWriteMany', 'ReadOnlyMany'],
    },
  ],
  // A node does not wait for the other: it starts alone, and finds it later.
  podManagementPolicy: PodManagementPolicy.PARALLEL,
  update: { partition: 0 },
  services: [
    {
      name: 'eureka-lb',
      exposure: Exposure.loadBalancer({ externalTrafficPolicy: 'Cluster' }),
      annotations: { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' },
    },
  ],
});
app.synth();
