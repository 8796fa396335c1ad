/** Options of a client whose session must not depend on the server's settings. */
export const SESSION = `--default-character-set=utf8mb4 --init-command="SET autocommit = 1, sql_mode = ''"`;
