import { Duration } from 'cdk8s';
import { Reads } from '../../lib';
import { CONTAINERS, each, has, hasNot, POD, PropsOf, testReach } from '../support/reach';
import { selectorOf } from '../support/manifests';

testReach<PropsOf<'reads'>>({
  'reads.from': {
    props: { reads: { from: Reads.fromReplicas() } },
    reaches: {
      ...each(['Service/mysql-read'], ': spec.selector', selectorOf('mysql'), {
        ...selectorOf('mysql'),
        'replicated-mysql/reads': 'true',
      }),
      ...each([CONTAINERS.xtrabackup], '.command[2]', hasNot('keep_labels'), has('\nkeep_labels &\n')),
      ...each([POD], '.serviceAccountName', undefined, 'mysql'),
    },
  },
  'reads.maxLag': {
    props: { reads: { maxLag: Duration.minutes(1) } },
    reaches: each([CONTAINERS.xtrabackup], '.command[2]', hasNot('s behind'), has('((found <= 60))')),
  },
  'reads.maxStandstill': {
    props: { reads: { maxStandstill: Duration.minutes(30) } },
    reaches: each([CONTAINERS.xtrabackup], '.command[2]', has('((standing < 600))'), has('((standing < 1800))')),
  },
});
