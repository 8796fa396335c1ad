import { Fault } from '../fault';
import { absences } from './absences';
import { cloneKills } from './clone-kills';
import { drains } from './drains';
import { fullVolumes } from './full-volumes';
import { histories } from './histories';
import { lostPrimary } from './lost-primary';
import { nodeFaults } from './nodes';
import { people } from './people';
import { purgedLogs } from './purged-logs';
import { scaling } from './scaling';
import { secrets } from './secrets';
import { serverKills } from './server-kills';
import { strangers } from './strangers';
import { wrongVolumes } from './wrong-volumes';

/** All faults, in the order of their numbers. */
export const faults: readonly Fault[] = [
  ...absences, //
  ...cloneKills,
  ...drains,
  ...fullVolumes,
  ...histories,
  ...lostPrimary,
  ...nodeFaults,
  ...people,
  ...purgedLogs,
  ...scaling,
  ...secrets,
  ...serverKills,
  ...strangers,
  ...wrongVolumes,
].sort((a, b) => a.number - b.number);
