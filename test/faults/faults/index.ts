import { Fault } from '../fault';
import { serverKills } from './server-kills';

/** All of them, in the order of their numbers. */
export const faults: readonly Fault[] = [...serverKills].sort((a, b) => a.number - b.number);
