import { synth } from '../support/manifests';
import { each, PropsOf, testReach } from '../support/reach';

testReach<Exclude<PropsOf<'disruption'>, 'disruption.budget'>>({
  'disruption.maxUnavailable': {
    props: { disruption: { maxUnavailable: 2 } },
    reaches: each(['PodDisruptionBudget/mysql'], ': spec.maxUnavailable', 1, 2),
  },
});

test('disruption.budget: false omits the PodDisruptionBudget', () => {
  expect(synth().names).toContain('PodDisruptionBudget/mysql');
  expect(synth({ disruption: { budget: false } }).names).not.toContain('PodDisruptionBudget/mysql');
});
