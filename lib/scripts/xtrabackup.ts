import { CloneMethod } from '../options/clone-method';
import { Credentials } from '../options/credentials';
import { Facts } from '../options/version/facts';
import { BackupAccount } from './accounts/backup-account';
import { findOldAccounts, noteOldAccounts } from './accounts/old-accounts';
import { followSecret } from './accounts/credentials';
import { password, sqlString } from './accounts/password';
import { ownPasswords } from './accounts/own-passwords';
import { rootPassword } from './accounts/root-password';
import { users } from './accounts/users';
import { bash, include } from './base/bash';
import { log } from './base/log';
import { programs } from './base/programs';
import { role } from './base/role';
import { runFiles } from './base/run';
import { session } from './base/session';
import { volume } from './base/volume';
import { cloneAgain } from './cloning/clone-again';
import { cloning } from './cloning/cloning';
import { programsOf, receiving, serving } from './cloning/method';
import { answering } from './peers/answering';
import { asking } from './peers/asking';
import { labels, LabelsParameters } from './reads/labels';
import { LagParameters } from './reads/lag';
import { readiness } from './reads/readiness';
import { binaryLogs } from './replication/binary-logs';
import { history } from './replication/history';
import { keepIdentity } from './replication/identity';
import { primary } from './replication/primary';
import { replica } from './replication/replica';
import { room } from './replication/room';
import { restoreGtids } from './replication/restore-gtids';
import { CertificateParameters, FILES, IN_USE, keepCertificate } from './tls/certificate';

export interface XtrabackupParameters {
  /** Name of the headless Service, and of the StatefulSet. */
  readonly service: string;
  readonly method: CloneMethod;
  /** The image that it runs in. */
  readonly image: string;
  /** The account that clones are made with. */
  readonly backup: BackupAccount;
  /** How long the primary waits for peers that are there and do not answer, in seconds; undefined for ever. */
  readonly waitForPeers?: number;
  readonly credentials: Credentials;
  /** What the server's version knows. */
  readonly facts: Facts;
  /** How far behind a replica may be. */
  readonly lag: LagParameters;
  /** The Secret with the certificate of the server; undefined where the server makes its own. */
  readonly certificate?: CertificateParameters;
  /** Whether it keeps the databases and accounts of the code. */
  readonly keepsUsers?: boolean;
  /** How pods label themselves for reads; undefined where every ready instance serves them. */
  readonly labels?: LabelsParameters;
}

/** The sidecar: opens the primary, keeps a replica replicating, and serves clones. */
export const xtrabackup = (p: XtrabackupParameters) => bash`
${include(
  log,
  programs(p.image, ...programsOf(p.method), ...(p.certificate ? ['openssl'] : []), ...(p.labels ? ['curl'] : [])),
  role(p.service),
  password,
  sqlString,
  volume,
  runFiles(
    'socket',
    'status',
    'judged',
    'unready',
    'opened',
    'stopping',
    'started_with',
    'gone',
    'primary_ca',
    'new_clone',
    'exchange',
    'parked',
    ...featureFiles(p),
  ),
  asking,
  answering,
  receiving(p.method),
  serving(p.method, p.facts),
  cloning,
)}

export data socket status opened${p.method._usesPlugin ? '' : ' clone_locks port_log backup_login backup_log'} # for the processes that answer peers

${session}
${followsSecret(p) ? include(followSecret(p.credentials, 'take_over replication backup probe && offer_root_password'), rootPassword) + '\n' : ''}only_in() { # A B: sets found to the transactions of A that B lacks
  query "REPLACE(GTID_SUBTRACT('$1', '$2'), '\n', '')" || { printf '%s\n' "$found" >&2; return 1; }
}
remember() { # FILE TEXT: durably, before anything relies on it
  printf '%s\n' "$2" >"$data/$1.new" && flush "$data" && mv "$data/$1.new" "$data/$1" && flush "$data"
}

${include(history, keepIdentity)}

judge_now() {
  local now
  look_at_clock
  printf '%s\n' "$now" >"$judged"
}

verdict() { # STATE TEXT: what readiness and donors follow
  local verdict before=''
  case $1 in
    open | replicating | detached) verdict="ready ($1): $2" interval=2 ;;
    *) verdict="unready ($1): $2" interval=1 ;;
  esac
  { read -r before <"$status"; } 2>/dev/null || true
  [[ $before = "$verdict" ]] || { printf '%s\n' "$verdict" >"$status.new" && mv "$status.new" "$status"; }
  judge_now
  [[ $verdict = ready\ * && $verdict = "$reported" ]] || report "$verdict" # a ready instance says so only once
}

keep_verdict() { # REASON: a server that is busy is not down
  judge_now
  report "no new verdict: $1"
}

# ---- answers to peers

closed=@@GLOBAL.super_read_only
! is_primary || closed=@@GLOBAL.read_only # which goes off last when it opens
export closed

own_state() { # sets found to the fields of read_state; fails if the server does not answer
  local table cluster last newest
  find_openings && query "CONCAT('state|$HOSTNAME|complete|', IFNULL((SELECT MAX(id) FROM replicated_mysql.cluster), ''),
  IF($closed, '|closed|', '|open|'),
  REPLACE(@@GLOBAL.gtid_executed, '\n', ''), '|',
  IFNULL((SELECT REPLACE(RECEIVED_TRANSACTION_SET, '\n', '') FROM performance_schema.replication_connection_status WHERE CHANNEL_NAME = ''), ''), '|',
  REPLACE(@@GLOBAL.gtid_purged, '\n', ''), '|',
  IFNULL((SELECT CONCAT(number, ':', epoch) FROM $table ORDER BY number DESC LIMIT 1), '0:'))" || return
  IFS='|' read -r _ _ _ cluster _ <<<"$found"
  last_opening_in "$found"
  newer_epoch "\${found##*|}" "$last"
  found="\${found%|*}|$newest"
}

state() {
  local found
  own_state${p.facts.backupsHoldGtids ? '' : ' && has_its_gtids "$found"'} || found="state|$HOSTNAME|complete|$(mark cluster)|down||||0:"
  [[ -e $opened ]] || found=\${found/'|open|'/'|closed|'} # its opening is not recorded yet
  answer "$found"
}

${ownCertificate(p)}
certificate() { # the CA of this server
  if [[ -s $server_ca ]]; then
    answer "certificate|$HOSTNAME|$(base64 --wrap=0 "$server_ca")${p.certificate ? '|named' : ''}"
  else
    answer "refused|$HOSTNAME has no certificate yet"
  fi
}

lacks() { # EPOCH GTIDS: which of them are missing here
  local missing
  missing=$(missing_here "$@") && answer "lacks|$HOSTNAME|$missing"
}

offer_clone() { # sets size: the bytes that a clone takes on its volume. No log and no temporary file is cloned, and no hole
  size=$(du -s --block-size=1 --exclude='binlog.*' --exclude='relay.*' --exclude='*-bin.[0-9]*' --exclude='*.log*' --exclude='*.err' \
    --exclude='ibtmp1' --exclude='#innodb_temp' "$data" | cut -f 1)
  answer "offer|$HOSTNAME|$(mark cluster)|$size"
}

serve_clone() { # only while this instance is ready
  local verdict size others
  { read -r verdict <"$status"; } 2>/dev/null || verdict='unready (down): it has just started'
  if [[ $verdict != ready\ * ]]; then
    answer "refused|$HOSTNAME is $verdict"
  elif ! others=$(tables_of_other_engines); then
    answer "refused|$HOSTNAME cannot read which tables it has"
  elif [[ $others ]]; then
    say "no clone for a peer: it would lack the rows of $others. On the primary: ALTER TABLE ... ENGINE = InnoDB"
    answer "refused|$HOSTNAME has tables of other engines than InnoDB, whose rows a clone would lack: $others"
  else
    send_clone
  fi
}

tables_of_other_engines() { # prints up to five of them; what looks like a field would end the answer
  local found
  found=$(sql <<'SQL'
SELECT REPLACE(REPLACE(CONCAT(TABLE_SCHEMA, '.', TABLE_NAME, ' (', ENGINE, ')'), '|', '/'), '\n', ' ') FROM information_schema.TABLES
WHERE TABLE_TYPE = 'BASE TABLE' AND ENGINE <> 'InnoDB' AND TABLE_SCHEMA NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema') LIMIT 5
SQL
  ) && printable "\${found//$'\n'/, }"
}

# ---- what a clone brings along

forget_donor() { # drops the donor's replication settings, whose relay logs did not come along; never once this data has replicated
  [[ -e $data/.replicating ]] || sql -e '${p.facts.statements.stop}; ${p.facts.statements.reset} ALL'
}

${include(...(p.certificate ? [keepCertificate(p.certificate)] : []), ...oldAccounts(p), ...(p.keepsUsers ? [users, ownPasswords(p.backup)] : []), binaryLogs, primary(p), replica(p), room, cloneAgain)}

${p.facts.backupsHoldGtids ? '' : restoreGtids}tend() {
  local found
${followsSecret(p) ? '  follow_secret || return 1\n' : ''}  if is_complete "$staging"; then exchange; fi
  if ! has_room; then tend_full; return; fi
  if [[ ! -e $socket ]]; then
    hear_anew
    verdict down "mysqld does not answer: it has not started yet"
    interval=0.2 # this look costs next to nothing
    return
  fi
  if ! own_state; then
    if lacks_identity; then put_back_identity; return; fi
    if is_busy "$found"; then keep_verdict "clients have all connections of mysqld (max_connections)"; return; fi
    hear_anew
    [[ $found != *'ERROR 2002 '* ]] || found="it has ended"
    verdict down "mysqld does not answer: $found"
    return
  fi
  IFS='|' read -r _ _ _ cluster mode executed received _ epoch <<<"$found"
${followsSecret(p) ? '  prove_root_password || return 1\n' : ''}${p.certificate ? '  keep_certificate\n' : ''}${p.facts.backupsHoldGtids ? '' : '  restore_gtids || return 1\n'}${notesOldAccounts(p) ? '  note_old_accounts || return 1\n' : ''}  if [[ -z $cluster ]]; then
    verdict fenced "replicated_mysql.cluster is empty, and peers know the cluster by the id in it; put back $(mark cluster)"
  elif is_primary; then
    tend_primary
  else
    tend_replica
  fi
}

${readiness(!p.method._usesPlugin)}
${p.labels ? `${labels(p.labels)}\n` : ''}unheard=0 free=16 room=0 measured='' kept_logs='' next_warning=0 next_start=0 next_apply=0 tries=0 next_question=0 next_measure=0 interval=1
hear_anew
${p.method._usesPlugin ? '' : 'rm -f "$clone_locks".[0-9]* "$backup_login" # the processes that used them ended with the last container\n'}rm -f "$primary_ca"
is_complete "$staging" || { rm -f "$exchange"; settle; }
${p.labels ? 'keep_labels &\n' : ''}while true; do
  keep_listening
  kill -0 "\${readiness:-}" 2>/dev/null || { keep_readiness & readiness=$!; }
  tend || verdict failing "a step failed; see the error above. Trying again"
  warn_of_room
  pause "$interval"
done
`;

const followsSecret = ({ credentials }: XtrabackupParameters) => !credentials._insecure;

/** The files of the server's certificate, for the processes that answer peers. */
function ownCertificate({ certificate, method }: XtrabackupParameters): string {
  const [ca, own, key] = certificate ? SECRET_FILES : SERVER_FILES;
  const forStreams = method._usesPlugin ? '' : ` server_certificate=${own} server_key=${key}`;
  return `export server_ca=${ca}${forStreams}${certificate ? '' : ' # mysqld makes it at its first start on its data: no clone brings it along'}`;
}
const SECRET_FILES = [FILES.ca, FILES.certificate, FILES.key].map((file) => `${IN_USE}/${file}`);
const SERVER_FILES = ['ca.pem', 'server-cert.pem', 'server-key.pem'].map((file) => `$data/${file}`);

const notesOldAccounts = ({ facts, backup }: XtrabackupParameters) => backup.oldPlugin && !facts.locksOldAccountsOut;

const oldAccounts = (p: XtrabackupParameters) => [
  ...(p.backup.oldPlugin ? [findOldAccounts(p.backup, p.credentials._insecure)] : []),
  ...(notesOldAccounts(p) ? [noteOldAccounts] : []),
];

const featureFiles = ({ method, lag, labels }: XtrabackupParameters) => [
  ...(method._usesPlugin ? [] : (['clone_locks', 'port_log', 'backup_login', 'backup_log'] as const)),
  ...(lag.maxLag === undefined ? [] : (['close'] as const)),
  ...(labels ? (['reads_log'] as const) : []),
];
