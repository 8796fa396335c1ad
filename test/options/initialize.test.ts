import { Initialize } from '../../lib';
import { synth } from '../support/manifests';
import { each, testReach } from '../support/reach';

testReach<'initialize'>({
  initialize: {
    props: { initialize: Initialize.never() },
    reaches: each(['ConfigMap/mysql: data'], '.initialize', 'ifEmpty', 'never'),
  },
});

testReach<'initialize.sql'>({
  'initialize.sql': {
    props: { initialize: Initialize.ifEmpty({ sql: 'CREATE DATABASE shop;\n' }) },
    reaches: each(['ConfigMap/mysql: data'], '[initialize.sql]', undefined, 'CREATE DATABASE shop;\n'),
  },
});

test('the SQL is not part of the pod template, so a change of it restarts no pod', () => {
  const template = (initialize?: Initialize) => synth({ initialize }).at('StatefulSet/mysql: spec.template');
  expect(template(Initialize.ifEmpty({ sql: 'SELECT 1;' }))).toEqual(template());
});
