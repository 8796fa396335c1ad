import { bash } from '../base/bash';

/** How a primary that lost its volume takes the copy of a replica; a part of clone-mysql. */
export const restoring = bash`
replicas_hold() { # sets holders to the addresses of replicas with data, every to all that they executed or received
  local all expected address answer name holds theirs mode executed received cluster=''
  holders='' every=''
  all=$(peers) || { why="DNS does not know $HOSTNAME.$service as $POD_IP (yet)"; return 1; }
  expected=$(($(</mnt/config-map/replicas) - 1))
  (($(wc -w <<<"$all") >= expected)) || {
    why="$(wc -w <<<"$all") of $expected replicas are in DNS, and each may hold the newest transactions"
    [[ $(</mnt/config-map/podManagementPolicy) = Parallel ]] ||
      why+=". With OrderedReady none starts before this pod is ready: set podManagementPolicy to PARALLEL, kubectl delete statefulset $service --cascade=orphan, and apply"
    return 1
  }
  for address in $all; do
    answer=$(ask "$address") || { why="the peer at $address does not answer, and may hold the newest transactions"; return 1; }
    IFS='|' read -r _ name holds theirs mode executed received _ <<<"$answer"
    [[ $holds != empty ]] || continue
    [[ $mode != down ]] || { why="mysqld of $name does not answer, and may hold the newest transactions"; return 1; }
    [[ $theirs = "\${cluster:=$theirs}" ]] || { why="$name is of cluster $theirs, another of cluster $cluster. Delete the claim and the pod of the one that is not needed"; return 1; }
    every+=,$executed,$received
    holders+=" $address"
  done
  [[ $holders ]] || { why="no replica holds data"; return 1; }
}

restore() { # from a replica that has every transaction which any of them has; else why has the sets, or why none of these serves it
  local donor answer name lacking incomplete='' refusals=''
  replicas_hold || return 1
  for donor in $holders; do
    answer=$(ask "$donor" "lacks $every") || { why="the peer at $donor does not answer"; return 1; }
    IFS='|' read -r _ name lacking <<<"$answer"
    if [[ $lacking ]]; then
      incomplete+="; $name lacks $lacking"
    elif clone_from "$donor"; then
      return
    else
      refusals+="\${refusals:+; }$why"
    fi
  done
  why=\${refusals:-"no replica has every transaction that some replica has$incomplete. They apply what they have received. If this stays, the choice is yours: delete the claim and the pod of each replica whose transactions are not needed"}
  return 1
}
`;
