import { Duration } from 'cdk8s';
import { CONTAINERS, each, has, POD, PropsOf, testReach } from '../support/reach';

testReach<PropsOf<'termination'>>({
  'termination.preStop': {
    props: { termination: { preStop: Duration.seconds(15) } },
    reaches: each([CONTAINERS.mysql], '.lifecycle.preStop.exec.command[2]', has('\nsleep 5\n'), has('\nsleep 15\n')),
  },
  'termination.gracePeriod': {
    props: { termination: { gracePeriod: Duration.minutes(20) } },
    reaches: each([POD], '.terminationGracePeriodSeconds', 300, 1200),
  },
});
