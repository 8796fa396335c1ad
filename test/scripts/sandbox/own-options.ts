/** The options of servers that are thrown away, before the settings that are part of a data directory. */
export const OWN_OPTIONS = `[mysqld]
innodb-buffer-pool-size=64M
innodb-log-buffer-size=1M
max-connections=10
table-open-cache=100
table-definition-cache=400
innodb-doublewrite=OFF
innodb-flush-log-at-trx-commit=0
innodb-flush-method=nosync
loose-innodb-numa-interleave=OFF
`;
