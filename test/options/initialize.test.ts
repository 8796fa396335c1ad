import { Initialize } from '../../lib';
import { each, testReach } from '../support/reach';

testReach<'initialize'>({
  initialize: {
    props: { initialize: Initialize.never() },
    reaches: each(['ConfigMap/mysql: data'], '.initialize', 'ifEmpty', 'never'),
  },
});
