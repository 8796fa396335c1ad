import { each, PropsOf, SPEC, testReach } from '../support/reach';

testReach<PropsOf<'update'>>({
  'update.partition': {
    props: { update: { partition: 2 } },
    reaches: each([SPEC], '.updateStrategy.rollingUpdate.partition', 0, 2),
  },
});
