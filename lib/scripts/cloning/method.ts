import { CloneMethod } from '../../options/clone-method';
import { gawkListener, socatListener } from '../peers/listeners';
import { receiveByClonePlugin } from './receive-by-clone-plugin';
import { receiveByXtrabackup } from './receive-by-xtrabackup';
import { serveByClonePlugin } from './serve-by-clone-plugin';
import { serveByXtrabackup } from './serve-by-xtrabackup';

/** What a recipient needs of a clone method: `listen` and `take`. */
export function receiving({ usesPlugin, options }: CloneMethod): string {
  return usesPlugin ? gawkListener + receiveByClonePlugin(options) : socatListener + receiveByXtrabackup(options);
}

/** What a donor needs of a clone method: `send_clone`. */
export function serving({ usesPlugin, options }: CloneMethod): string {
  return usesPlugin ? serveByClonePlugin : serveByXtrabackup(options);
}
