import { kubectl, tryKubectl } from './kubectl';

/** A container that has bash, awk and, for scans, curl, as the mysql image does. */
export interface Place {
  readonly namespace: string;
  readonly pod: string;
  readonly container?: string;
}

// A port that drops what comes takes a deadline, so thousands are tried at once. A machine that is too busy for that misses
// open ports: each share of the ports also tries the DNS server, and counts only if that was found each time.
const SCAN = `
dns=$(awk '$1 == "nameserver" { print $2; exit }' /etc/resolv.conf)
share() { # FIRST: prints the open ports among 1024
  local middle=$(($1 + 511)) last=$(($1 + 1023)) url urls=() found
  ((last <= 65535)) || last=65535
  for url in "$address:[$1-$middle]" "$dns:53" "$address:[$((middle + 1))-$last]" "$dns:53"; do
    urls+=(--output /dev/null "http://$url/")
  done
  for _ in 1 2 3 4 5; do
    found=$(curl --silent --parallel --parallel-immediate --parallel-max 300 --connect-timeout 2 --max-time 3 \\
      --write-out '%{time_connect} %{url_effective}\\n' "\${urls[@]}" | awk '$1 > 0 { gsub(/http:\\/\\/|\\/$/, "", $2); print $2 }')
    [[ $(grep -c "^$dns:53$" <<<"$found") = 2 ]] || continue
    sed -n "s/^$address://p" <<<"$found"
    return
  done
  echo "too busy to scan from $1" >&2
  return 1
}
export -f share
export address dns
seq 1 1024 65535 | xargs -P 12 -I FIRST bash -c 'share FIRST'`;

/** The TCP ports of an address, of all 65,535, that accept connections from a place. */
export async function openPorts(from: Place, address: string): Promise<number[]> {
  const ports = await kubectl(inside(from, `address=${address}\n${SCAN}`));
  return ports
    .split('\n')
    .filter(Boolean)
    .map(Number)
    .sort((one, other) => one - other);
}

/** Those of some ports that accept a connection from a place within three seconds. */
export async function openAmong(from: Place, host: string, ports: readonly number[]): Promise<number[]> {
  const tries = await Promise.all(
    ports.map((port) => tryKubectl(inside(from, `timeout 3 bash -c ': </dev/tcp/${host}/${port}'`))),
  );
  return ports.filter((_, i) => tries[i].code === 0);
}

function inside({ namespace, pod, container }: Place, script: string): string[] {
  const where = ['--namespace', namespace, 'exec', pod, ...(container ? ['--container', container] : [])];
  return [...where, '--', 'bash', '-c', script];
}
