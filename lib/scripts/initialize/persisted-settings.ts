import { bash } from '../base/bash';

/** Says what becomes of SET PERSIST; a part of init-mysql for the versions that have it. */
export const persistedSettings = bash`
warn_of_persisted_settings() {
  [[ ! -s $data/mysqld-auto.cnf ]] ||
    say "WARNING: mysqld-auto.cnf is not read, in which SET PERSIST has written settings. Put them into the prop settings, then RESET PERSIST"
}
`;
