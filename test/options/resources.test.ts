import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { each, PropsOf, SERVER_CONTAINERS, testReach, XTRABACKUP_CONTAINERS } from '../support/reach';

testReach<PropsOf<'resources'>>({
  'resources.mysql': {
    props: {
      resources: {
        mysql: {
          requests: { cpu: Cpu.units(2), memory: Size.gibibytes(8) },
          limits: { memory: Size.gibibytes(12), ephemeralStorage: Size.gibibytes(2) },
        },
      },
    },
    reaches: each(
      SERVER_CONTAINERS,
      '.resources',
      { requests: { cpu: '500m', memory: '1Gi' } },
      { requests: { cpu: '2', memory: '8Gi' }, limits: { memory: '12Gi', 'ephemeral-storage': '2Gi' } },
    ),
  },
  'resources.xtrabackup': {
    props: { resources: { xtrabackup: { limits: { cpu: Cpu.millis(250), memory: Size.mebibytes(512) } } } },
    reaches: each(
      XTRABACKUP_CONTAINERS,
      '.resources',
      { requests: { cpu: '100m', memory: '400Mi' } },
      { limits: { cpu: '250m', memory: '512Mi' } },
    ),
  },
});
