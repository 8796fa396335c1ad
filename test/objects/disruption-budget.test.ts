import { selectorOf, synth } from '../support/manifests';

test('a drain takes one instance, and no unready one in addition, which may hold the last copy', () => {
  expect(synth({ name: 'orders' }).at('PodDisruptionBudget/orders: spec')).toEqual({
    maxUnavailable: 1,
    selector: { matchLabels: selectorOf('orders') },
    unhealthyPodEvictionPolicy: 'IfHealthyBudget',
  });
});
