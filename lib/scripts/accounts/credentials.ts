import { ACCOUNTS, Credentials } from '../../options/credentials';
import { bash } from '../base/bash';
import { wholePassword } from './password';

/** How long a password that was replaced is accepted. The kubelets deliver a Secret within two minutes. */
export const SECONDS_OF_BOTH = 600;

const ALL = `take_over ${ACCOUNTS.join(' ')}`;

/** Defines `prepare_credentials`, after which every password is a file in /mnt/credentials, and `follow_secret`. */
export function prepareCredentials(credentials: Credentials): string {
  return credentials._insecure
    ? emptyPasswords
    : bash`
${followSecret(credentials)}
${awaitSecret(credentials)}`;
}

const emptyPasswords = bash`
prepare_credentials() { # the tutorial's passwords: empty ones
  say "INSECURE: all passwords are empty, and root may log in from anywhere"
  touch /mnt/credentials/{${ACCOUNTS.join(',')}}-password
}

follow_secret() { :; } # there is none
refuse_easy_password() { :; } # there is none to guess
warn_of_easy_password() { :; }
`;

/**
 * Defines `follow_secret`: keeps the files in /mnt/credentials as the Secret has them, once that is whole.
 *
 * @param step what it does then, by `take_over`
 */
export function followSecret(
  { _insecure: insecure, secretName: secret = '', _keys: keys }: Credentials,
  step = ALL,
): string {
  if (insecure) return 'follow_secret() { :; } # the passwords are empty, and stay so';
  return bash`
${wholePassword}
credentials=/mnt/credentials next=/mnt/credentials/next

read_secret() { # copies what the kubelet delivered to next; else why names the key
  local account
  rm -rf "$next" && mkdir "$next" || return
  cp /mnt/delivered/*-password "$next" 2>/dev/null || true # what is missing has a message
  while read -r account key; do
    is_whole "$next/$account-password" "$key" || return
    [[ $account != replication ]] || (($(wc -c <"$next/$account-password") <= 32)) ||
      { why="key $key has more than 32 bytes, the most that MySQL takes for replication"; return 1; }
  done <<'KEYS'
${ACCOUNTS.map((account) => `${account} ${keys[account]}`).join('\n')}
KEYS
}

remedy() { # prints the command that mends what why says
  if compgen -G '/mnt/delivered/*-password' >/dev/null; then
    echo "kubectl patch secret ${secret} --patch '{\"stringData\":{\"$key\":\"...\"}}'"
  else
    echo "kubectl create secret generic ${secret} ${ACCOUNTS.map((account) => `--from-literal=${keys[account]}=...`).join(' ')}"
  fi
}

is_new() { [[ ! -e $credentials/$1-password || $(<"$credentials/$1-password") != "$(<"$next/$1-password")" ]]; } # ACCOUNT

take_over() { # ACCOUNT...: uses their new passwords, and remembers those that are for peers, who may not have the new ones yet
  local account
  for account; do
    is_new "$account" || continue
    if [[ $account = replication || $account = backup ]] && [[ -e $credentials/$account-password ]]; then
      ln -f "$credentials/$account-password" "$credentials/$account-before-password" || return
      before_ends=$((now + ${SECONDS_OF_BOTH}))
    fi
    mv "$next/$account-password" "$credentials/$account-password" || return
  done
}

forget_password_before() { # of backup, which peers prove themselves with; that of replication is only offered, and to the primary
  if ((now < \${before_ends:=$((now + ${SECONDS_OF_BOTH}))})); then
    next_secret=$before_ends
  else
    rm -f "$credentials/backup-before-password"
  fi
}

forever=$((1 << 60)) secret_seen='' next_secret=0 before_ends=''
follow_secret() { # when the kubelet has delivered a change, and when it is time
  local now stamp why key
  look_at_clock
  stamp=(/mnt/delivered/..2*) # what the kubelet renews with each change; a glob starts no process
  [[ \${stamp[*]} != "$secret_seen" ]] || ((now >= next_secret)) || return 0
  secret_seen=\${stamp[*]} next_secret=$forever
  if ! read_secret; then
    next_secret=$((now + 60))
    say "the Secret ${secret} is not whole, so all passwords stay as they are: $why. $(remedy)"
    return
  fi
  ${step} && forget_password_before
}
`;
}

const awaitSecret = ({ secretName: secret = '', _keys: keys }: Credentials) => bash`
backup_password_is_easy() { # each proof lets whoever sees it try passwords, as fast as SHA-256 goes
  local file=/mnt/credentials/backup-password
  (($(wc -c <"$file") < 16 || $(fold --bytes --width=1 "$file" | LC_ALL=C sort -u | wc -l) < 6))
}

why_easy="it has fewer than 16 bytes, or fewer than 6 different ones, and peers prove themselves with it to whoever can open a port"

refuse_easy_password() { # before the first initialization nothing depends on the password yet
  ! backup_password_is_easy ||
    refuse "the backup password is easy to guess: $why_easy. Make a good one: kubectl patch secret ${secret}" \
      "--patch '{\"stringData\":{\"${keys.backup}\":\"'\$(openssl rand -hex 16)'\"}}'"
}

warn_of_easy_password() {
  ! backup_password_is_easy ||
    say "WARNING: the backup password is easy to guess: $why_easy. Change it to one of openssl rand -hex 16"
}

prepare_credentials() { # waits for the Secret; the kubelet delivers a change of it within a minute or two
  local why key now=0
  until read_secret; do
    report "waiting for the Secret ${secret}: $why. $(remedy)"
    pause 1
  done
  ${ALL}
}
`;
