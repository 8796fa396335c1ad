/** Where mysqld answers clients. */
export const MYSQL_PORT = 3306;

/** Where instances answer each other: what they hold, and clones of it. */
export const PEER_PORT = 3307;
