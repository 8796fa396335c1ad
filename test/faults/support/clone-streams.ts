import { TestCluster } from '../../e2e/support/cluster';
import { Killer } from '../../e2e/support/killer';

// Finds the socat above the backup, which sends the stream. It then polls only this process, because a stream may take a second.
const script = (container: string, bytes: number) => `
  parent() { while read -r key value; do [ "$key" != PPid: ] || echo $value; done </proc/$1/status; }
  carrier() {
    for p in /proc/[0-9]*; do
      read -r name <$p/comm && [ "$name" = xtrabackup ] && grep -q ${container} $p/cgroup || continue
      pid=$(parent \${p#/proc/})
      while read -r name </proc/$pid/comm && [ "$name" != socat ]; do pid=$(parent $pid); done
      [ "$name" != socat ] || { echo $pid; return; }
    done
  }
  until pid=$(carrier) && [ "$pid" ]; do sleep 0.1; done
  while true; do
    while read -r key count; do [ "$key" != wchar: ] || break; done </proc/$pid/io || exit 1
    [ "$count" -lt ${bytes} ] || { kill -9 $pid; exit; }
    [ "$count" -gt 100000 ] || sleep 0.1
  done`;

/**
 * Ends the connection over which a donor serves a clone, as soon as it has carried this many bytes.
 *
 * @returns false if the stream ended earlier
 */
export async function cutStream(killer: Killer, cluster: TestCluster, donor: number, bytes: number): Promise<boolean> {
  const { node, containers } = await cluster.pod(donor);
  const { code } = await killer.on(node, `timeout 300 sh -c '${script(containers.xtrabackup.id, bytes)}' 2>/dev/null`);
  return code === 0;
}

/** Inserts rows that do not compress, so that a clone takes several seconds. */
export function fill(cluster: TestCluster, mebibytes: number): Promise<string> {
  const numbers = 'WITH RECURSIVE s (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 1000) SELECT';
  return cluster.sql(
    0,
    `DROP TABLE IF EXISTS faults.fill; CREATE TABLE faults.fill (id INT AUTO_INCREMENT PRIMARY KEY, payload VARBINARY(1024));
     ${`INSERT INTO faults.fill (payload) ${numbers} RANDOM_BYTES(1024) FROM s;\n`.repeat(mebibytes)}`,
  );
}
