import { Grant } from '../lib';
import { ACCOUNTS } from '../lib/options/credentials';
import { READS_LABEL, ROLE_LABEL, STATE_LABEL } from '../lib/names';
import * as extras from '../lib/rules/extras';
import * as users from '../lib/rules/users';

/** What templates know from the library, as JSON. */
const LISTS = {
  'privileges.readWrite': Grant.readWrite('')._privileges,
  'privileges.readOnly': Grant.readOnly('')._privileges,
  'privileges.owner': Grant.owner('')._privileges,
  'privileges.none': users.NO_PRIVILEGES,
  accounts: ACCOUNTS,
  'databases.readable': users.READABLE,
  'databases.reserved': users.RESERVED,
  'labels.pods': [READS_LABEL, ROLE_LABEL, STATE_LABEL],
  'extras.containers': extras.RESERVED.containers,
  'extras.volumes': extras.RESERVED.volumes,
  'extras.readable': extras.READABLE,
  'extras.ports': extras.RESERVED.ports.map(String), // Helm reads numbers as fractions
  'extras.paths': extras.RESERVED.paths,
  'extras.env': extras.RESERVED.env,
};

/** Templates with these lists. */
export function lists(): string {
  return Object.entries(LISTS)
    .map(([name, list]) => `{{- define "replicated-mysql.${name}" }}${JSON.stringify(list)}{{ end }}\n`)
    .join('');
}
