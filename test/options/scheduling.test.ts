import { k8s } from 'cdk8s-plus-28';
import { each, POD, PropsOf, testReach } from '../support/reach';
import { selectorOf } from '../support/manifests';

const affinity: k8s.Affinity = {
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }] }],
    },
  },
};
const spread = { maxSkew: 2, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' };

testReach<PropsOf<'scheduling'>>({
  'scheduling.affinity': {
    props: { scheduling: { affinity } },
    reaches: each([POD], '.affinity', undefined, affinity),
  },
  'scheduling.tolerations': {
    props: { scheduling: { tolerations: [{ key: 'database', operator: 'Exists' }] } },
    reaches: each([POD], '.tolerations', undefined, [{ key: 'database', operator: 'Exists' }]),
  },
  'scheduling.nodeSelector': {
    props: { scheduling: { nodeSelector: { disk: 'ssd' } } },
    reaches: each([POD], '.nodeSelector', undefined, { disk: 'ssd' }),
  },
  'scheduling.topologySpreadConstraints': {
    props: { scheduling: { topologySpreadConstraints: [spread] } },
    reaches: each(
      [POD],
      '.topologySpreadConstraints',
      [
        {
          maxSkew: 1,
          topologyKey: 'kubernetes.io/hostname',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: selectorOf('mysql') },
        },
      ],
      [spread],
    ),
  },
  'scheduling.priorityClassName': {
    props: { scheduling: { priorityClassName: 'important' } },
    reaches: each([POD], '.priorityClassName', undefined, 'important'),
  },
});
