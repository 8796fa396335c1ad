import { Fault } from '../fault';
import { cloneKills } from './clone-kills';
import { lostPrimary } from './lost-primary';
import { people } from './people';
import { scaling } from './scaling';
import { serverKills } from './server-kills';

/** All of them, in the order of their numbers. */
export const faults: readonly Fault[] = [
  ...cloneKills, //
  ...lostPrimary,
  ...people,
  ...scaling,
  ...serverKills,
].sort((a, b) => a.number - b.number);
