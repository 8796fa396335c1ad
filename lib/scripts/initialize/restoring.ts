import { bash } from '../base/bash';

/** Restores a primary that lost its volume from a replica; a part of clone-mysql. */
export const restoring = bash`
find_holders() { # sets, for each replica with data, its address, name, last opening, and what it executed or received
  local all expected address cluster='' newest="may hold the newest transactions"
  holders=() names=() epochs=() sets=()
  all=$(peers) || { why="DNS does not resolve $HOSTNAME.$service to $POD_IP yet"; return 1; }
  expected=$(($(</mnt/config-map/replicas) - 1))
  (($(wc -w <<<"$all") >= expected)) || {
    why="DNS knows $(wc -w <<<"$all") of $expected replicas, and each $newest"
    [[ $(</mnt/config-map/podManagementPolicy) = Parallel ]] ||
      why+=". With OrderedReady none starts before this pod is ready: set podManagementPolicy to PARALLEL, kubectl delete statefulset $service --cascade=orphan, and apply"
    return 1
  }
  for address in $all; do
    ask_state "$address" || { why="the peer at $address does not answer, and $newest"; return 1; }
    [[ $peer_holds != empty ]] || continue
    [[ $peer_mode != down ]] || { why="mysqld of $peer_name does not answer, and $newest"; return 1; }
    [[ $peer_cluster = "\${cluster:=$peer_cluster}" ]] || {
      why="$peer_name is of cluster $peer_cluster, another replica of cluster $cluster. Delete the claim and the pod of the one you do not need"
      return 1
    }
    holders+=("$address") names+=("$peer_name") epochs+=("$peer_epoch")
    sets+=("$peer_executed\${peer_executed:+\${peer_received:+,}}$peer_received")
  done
  ((\${#holders[@]})) || { why="no replica holds data"; return 1; }
}

find_missing() { # DONOR: sets missing to what it lacks of the replicas' histories, its own included; fails if it does not answer
  local i lacking since
  missing=''
  for i in "\${!holders[@]}"; do
    ask_lacking "$1" "\${epochs[i]}" "\${sets[i]}" || return
    [[ ! $lacking ]] || missing+="; $peer_name lacks $lacking of \${names[i]}\${since:+ (since $since)}"
  done
}

restore() { # from a replica that has every transaction of all replicas; else why says which lacks what, or why none serves it
  local donor missing incomplete='' refusals=''
  find_holders || return 1
  for donor in "\${holders[@]}"; do
    find_missing "$donor" || { why="the peer at $donor does not answer"; return 1; }
    if [[ $missing ]]; then
      incomplete+=$missing
    elif clone_from "$donor"; then
      return
    else
      refusals+="\${refusals:+; }$why"
    fi
  done
  why=\${refusals:-"no replica has every transaction of all replicas$incomplete. They are applying what they received. If this message stays, choose: delete the claim and the pod of each replica whose transactions you do not need"}
  return 1
}
`;
