import { TestCluster } from '../../e2e/support/cluster';
import { Killer } from '../../e2e/support/killer';

/**
 * Ends the connection over which a donor serves a clone, once so many bytes have gone through it.
 *
 * @returns whether there was one
 */
export async function cutStream(killer: Killer, cluster: TestCluster, donor: number, bytes: number): Promise<boolean> {
  const { node, containers } = await cluster.pod(donor);
  const script = `
    while true; do
      for p in /proc/[0-9]*; do
        read -r name <$p/comm || continue
        [ $name = socat ] && grep -q ${containers.xtrabackup.id} $p/cgroup || continue
        parent=\$(sed -n "s/^PPid:\\t//p" $p/status) && read -r name </proc/$parent/comm && [ $name = socat ] || continue
        while read -r key count; do
          [ $key != wchar: ] || [ $count -lt ${bytes} ] || { kill -9 \${p#/proc/}; exit; }
        done <$p/io
      done
      sleep 0.02
    done 2>/dev/null`;
  return (await killer.on(node, `timeout 120 sh -c '${script}'`)).code === 0;
}

/** Rows that do not compress, so that a clone takes its time. */
export function fill(cluster: TestCluster, mebibytes: number): Promise<string> {
  const numbers = 'WITH RECURSIVE s (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 1000) SELECT';
  return cluster.sql(
    0,
    `CREATE TABLE faults.fill (id INT AUTO_INCREMENT PRIMARY KEY, payload VARBINARY(1024));
     ${`INSERT INTO faults.fill (payload) ${numbers} RANDOM_BYTES(1024) FROM s;\n`.repeat(mebibytes)}`,
  );
}
