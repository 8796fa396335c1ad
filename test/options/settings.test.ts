import { synth } from '../support/manifests';
import { each, has, hasNot, PropsOf, testReach } from '../support/reach';

testReach<PropsOf<'settings'>>({
  'settings.all': {
    props: { settings: { all: { max_connections: '500' } } },
    reaches: each(
      ['ConfigMap/mysql: data[primary.cnf]', 'ConfigMap/mysql: data[replica.cnf]'],
      '',
      hasNot('max-connections'),
      has('\nmax-connections=500\n'),
    ),
  },
  'settings.primary': {
    props: { settings: { primary: { max_connections: '500' } } },
    reaches: each(
      ['ConfigMap/mysql: data[primary.cnf]'],
      '',
      hasNot('max-connections'),
      has('\nmax-connections=500\n'),
    ),
  },
  'settings.replica': {
    props: { settings: { replica: { max_connections: '500' } } },
    reaches: each(
      ['ConfigMap/mysql: data[replica.cnf]'],
      '',
      hasNot('max-connections'),
      has('\nmax-connections=500\n'),
    ),
  },
});

test('options of a role override those of every instance, which override those of the library', () => {
  const settings = {
    all: { max_connections: '1', 'binlog-expire-logs-seconds': '60' },
    replica: { 'max-connections': '2' },
  };
  const manifests = synth({ settings });
  const lines = (role: string) => String(manifests.at(`ConfigMap/mysql: data[${role}.cnf]`)).split('\n');
  const about = (role: string) => lines(role).filter((line) => /^(max|binlog-expire)/.test(line));
  expect(about('primary')).toEqual(['binlog-expire-logs-seconds=60', 'max-connections=1']);
  expect(about('replica')).toEqual(['binlog-expire-logs-seconds=60', 'max-connections=2']);
});

test('a change of an option changes the pod template, and so rolls the pods', () => {
  const template = (value: string) =>
    synth({ settings: { replica: { max_connections: value } } }).at('StatefulSet/mysql: spec.template.metadata');
  expect(template('1')).toEqual(template('1'));
  expect(template('1')).not.toEqual(template('2'));
});
