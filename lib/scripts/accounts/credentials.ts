import { Account, Credentials } from '../../options/credentials';
import { bash } from '../base/bash';

const ACCOUNTS: readonly Account[] = ['root', 'replication', 'backup', 'probe'];

/** Defines `prepare_credentials`, after which every password is a file in /mnt/credentials. */
export function prepareCredentials(credentials: Credentials): string {
  return credentials.insecure ? emptyPasswords : awaitSecret(credentials);
}

const emptyPasswords = bash`
prepare_credentials() { # the tutorial's passwords: empty ones
  say "INSECURE: all passwords are empty, and root may log in from anywhere"
  touch /mnt/credentials/{${ACCOUNTS.join(',')}}-password
}
`;

const awaitSecret = ({ secretName: secret = '', keys }: Credentials) => bash`
credentials_are_complete() { # else why names the key, and never its value
  local account file
  while read -r account key; do
    file=/mnt/credentials/$account-password
    [[ -e $file ]] || { why="key $key is missing"; return 1; }
    [[ -s $file ]] || { why="key $key is empty"; return 1; }
    (($(tr -d '\000-\037\177' <"$file" | wc -c) == $(wc -c <"$file"))) ||
      { why="key $key contains a control character, perhaps a newline at its end"; return 1; }
    [[ $account != replication ]] || (($(wc -c <"$file") <= 32)) ||
      { why="key $key has more than 32 bytes, the most that MySQL takes for replication"; return 1; }
  done <<'KEYS'
${ACCOUNTS.map((account) => `${account} ${keys[account]}`).join('\n')}
KEYS
}

remedy() { # prints the command that mends what why says
  if compgen -G '/mnt/credentials/*-password' >/dev/null; then
    echo "kubectl patch secret ${secret} --patch '{\"stringData\":{\"$key\":\"...\"}}'"
  else
    echo "kubectl create secret generic ${secret} ${ACCOUNTS.map((account) => `--from-literal=${keys[account]}=...`).join(' ')}"
  fi
}

prepare_credentials() { # waits for the Secret; the kubelet delivers a change of it within a minute or two
  local why key
  until credentials_are_complete; do
    report "waiting for the Secret ${secret}: $why. $(remedy)"
    pause 1
  done
}
`;
