import { Manifests } from './manifests';

const manifests = Manifests.parse(`
kind: Pod
metadata: { name: a, labels: { example.com/team: blue } }
spec: { containers: [{ name: x, image: one, mounts: [{ name: v, mountPath: /b.d }] }], modes: [first] }
---
kind: Pod
metadata: { name: b }
`);

test.each([
  ['Pod/a: metadata.name', 'a'],
  ['Pod/a: metadata.labels[example.com/team]', 'blue'],
  ['Pod/a: spec.containers[x].image', 'one'],
  ['Pod/a: spec.containers[x].mounts[/b.d].name', 'v'],
  ['Pod/a: spec.modes[0]', 'first'],
  ['Pod/a: spec.containers[y].image', undefined],
  ['Pod/b: spec.containers[x].image', undefined],
])('%s is %s', (place, value) => {
  expect(manifests.at(place)).toEqual(value);
});

test('an object that does not exist is an error, not undefined', () => {
  expect(() => manifests.at('Pod/c: metadata.name')).toThrow('0 objects are Pod/c; there are Pod/a, Pod/b');
});
