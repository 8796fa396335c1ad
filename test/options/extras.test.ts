import { k8s } from 'cdk8s-plus-28';
import { synth, Yaml } from '../support/manifests';
import { CONTAINERS, each, POD, PropsOf, testReach } from '../support/reach';

const container = { name: 'exporter', image: 'example.com/exporter:1' };
const volume: k8s.Volume = { name: 'plugins', emptyDir: {} };
const volumeMount = { name: 'plugins', mountPath: '/usr/lib64/mysql/plugin/own', readOnly: true };

testReach<PropsOf<'extras'>>({
  'extras.containers': {
    props: { extras: { containers: [container] } },
    reaches: each([POD], '.containers[exporter]', undefined, container),
  },
  'extras.initContainers': {
    props: { extras: { initContainers: [container] } },
    reaches: each([POD], '.initContainers[exporter]', undefined, container),
  },
  'extras.volumes': {
    props: { extras: { volumes: [volume] } },
    reaches: each([POD], '.volumes[plugins]', undefined, volume),
  },
  'extras.volumeMounts': {
    props: { extras: { volumes: [volume], volumeMounts: [volumeMount] } },
    reaches: each([CONTAINERS.mysql], '.volumeMounts[/usr/lib64/mysql/plugin/own]', undefined, volumeMount),
  },
  'extras.env': {
    props: { extras: { env: [{ name: 'TZ', value: 'Europe/Vienna' }] } },
    reaches: each([CONTAINERS.mysql], '.env', undefined, [{ name: 'TZ', value: 'Europe/Vienna' }]),
  },
});

test('added containers follow those of the library, of which kubectl takes the first; init containers precede them', () => {
  const given = synth({ extras: { containers: [container], initContainers: [{ ...container, name: 'wait' }] } });
  const names = (list: string) => Object.values(given.at(`${POD}.${list}`)!).map(({ name }: Yaml) => name);
  expect(names('containers')).toEqual(['mysql', 'xtrabackup', 'exporter']);
  expect(names('initContainers')).toEqual(['wait', 'init-mysql', 'clone-mysql']);
});
