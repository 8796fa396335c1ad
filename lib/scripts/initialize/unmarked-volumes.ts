import { bash } from '../base/bash';

/** Refuses a volume that holds anything this cluster did not mark; a part of init-mysql. */
export const unmarkedVolumes = bash`
policy_is() { [[ $(</mnt/config-map/initialize) = "$1" ]]; }
holds_unmarked_data() { ! is_empty "$data" && ! is_complete "$data"; }

refuse_unmarked_data() {
  local entry advice="Nothing was changed. If you do not need what is on it, empty the volume or delete the claim."
  for entry in "$volume"/*; do
    case \${entry##*/} in
      '*' | mysql | mysql.staging | mysql.recipient | mysql.replaced | mysql.before-adoption | lost+found) ;;
      *) refuse "the volume holds \${entry##*/}, which does not belong to this cluster. $advice" ;;
    esac
  done
  ! holds_unmarked_data || { policy_is adopt && ! is_complete "$staging"; } ||
    refuse "the volume holds a database that this cluster did not make or that is incomplete. $advice If it belongs to a" \
      "cluster like the tutorial's, set initialize to adopt."
}
`;
