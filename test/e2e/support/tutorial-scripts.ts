// The scripts of the tutorial "Run a Replicated Stateful Application", with its defects, adapted to a current server:
// - They say SOURCE and REPLICA.
// - They use socat, because the XtraBackup image has no ncat.
// - They RESET REPLICA: a backup of a current server carries the donor's replication settings; 5.7 keeps them in files.

export const initMysql = `
set -ex
ordinal=\${HOSTNAME##*-}
printf '[mysqld]\\nserver-id=%s\\n' $((100 + ordinal)) > /mnt/conf.d/server-id.cnf
if [[ $ordinal -eq 0 ]]; then cp /mnt/config-map/primary.cnf /mnt/conf.d/; else cp /mnt/config-map/replica.cnf /mnt/conf.d/; fi
`;

export const cloneMysql = `
set -ex
[[ -d /var/lib/mysql/mysql ]] && exit 0
ordinal=\${HOSTNAME##*-}
[[ $ordinal -eq 0 ]] && exit 0
socat -u TCP:mysql-$((ordinal - 1)).mysql:3307 - | xbstream -x -C /var/lib/mysql
xtrabackup --prepare --target-dir=/var/lib/mysql
`;

export const xtrabackup = `
set -ex
cd /var/lib/mysql
if [[ -s xtrabackup_slave_info ]]; then
  sed -E 's/;$//' xtrabackup_slave_info > change_source_to.sql.in
  rm -f xtrabackup_slave_info xtrabackup_binlog_info
elif [[ -f xtrabackup_binlog_info ]]; then
  read -r file position _ < xtrabackup_binlog_info
  rm -f xtrabackup_binlog_info xtrabackup_slave_info
  echo "CHANGE REPLICATION SOURCE TO SOURCE_LOG_FILE = '$file', SOURCE_LOG_POS = $position" > change_source_to.sql.in
fi
if [[ -f change_source_to.sql.in ]]; then
  until mysql -h 127.0.0.1 -u root -e 'SELECT 1'; do sleep 1; done
  mysql -h 127.0.0.1 -u root -e "STOP REPLICA; RESET REPLICA ALL; $(<change_source_to.sql.in), SOURCE_HOST = 'mysql-0.mysql', SOURCE_USER = 'root', SOURCE_PASSWORD = '',
    SOURCE_CONNECT_RETRY = 10, GET_SOURCE_PUBLIC_KEY = 1; START REPLICA"
  mv change_source_to.sql.in change_source_to.sql.orig
fi
exec socat -U TCP-LISTEN:3307,reuseaddr,fork,max-children=1 SYSTEM:'xtrabackup --backup --slave-info --stream=xbstream --host=127.0.0.1 --user=root'
`;
