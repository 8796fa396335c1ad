import { Credentials } from '../../lib';
import { CONTAINERS, each, has, POD, testReach } from '../support/reach';

testReach<'credentials'>({
  credentials: {
    props: { credentials: Credentials.fromSecret('vault', { root: 'admin' }) },
    reaches: {
      ...each([POD], '.volumes[delivered].secret.secretName', 'mysql', 'vault'),
      ...each([POD], '.volumes[delivered].secret.items[0].key', 'root-password', 'admin'),
      ...each([CONTAINERS.init], '.command[2]', has('\nroot root-password\n'), has('\nroot admin\n')),
    },
  },
});
