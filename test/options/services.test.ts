import { Duration } from 'cdk8s';
import { Exposure } from '../../lib';
import { each, PropsOf, testReach } from '../support/reach';

const outside = Exposure.loadBalancer({ sourceRanges: ['203.0.113.0/24'] });

testReach<PropsOf<'services'>>({
  'services.primary': {
    props: { services: { primary: { exposure: outside, annotations: { 'example.com/dns': 'db' } } } },
    reaches: {
      ...each(['Service/mysql-primary'], ': spec.type', undefined, 'LoadBalancer'),
      ...each(['Service/mysql-primary'], ': metadata.annotations[example.com/dns]', undefined, 'db'),
      ...each(['Service/mysql', 'Service/mysql-read'], ': spec.type', undefined, undefined),
    },
  },
  'services.read': {
    props: { services: { read: { exposure: outside, sessionAffinity: Duration.minutes(10) } } },
    reaches: {
      ...each(['Service/mysql-read'], ': spec.type', undefined, 'LoadBalancer'),
      ...each(['Service/mysql-read'], ': spec.sessionAffinityConfig', undefined, { clientIP: { timeoutSeconds: 600 } }),
      ...each(['Service/mysql', 'Service/mysql-primary'], ': spec.type', undefined, undefined),
    },
  },
});
