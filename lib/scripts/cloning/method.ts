import { CloneMethod } from '../../options/clone-method';
import { Facts } from '../../options/version/facts';
import { include } from '../base/bash';
import { gawkListener, socatListener } from '../peers/listening';
import { receiveByClonePlugin } from './receive-by-clone-plugin';
import { receiveByXtrabackup } from './receive-by-xtrabackup';
import { serveByClonePlugin } from './serve-by-clone-plugin';
import { serveByXtrabackup } from './serve-by-xtrabackup';

/** A recipient's part of a clone method: defines `listen`, `expect_clone` and `take`. */
export function receiving({ _usesPlugin: usesPlugin, _options: options }: CloneMethod): string {
  return usesPlugin
    ? include(gawkListener, receiveByClonePlugin(options))
    : include(socatListener, receiveByXtrabackup(options));
}

/** The programs of a container that clones. */
export function programsOf({ _usesPlugin: usesPlugin }: CloneMethod): string[] {
  return usesPlugin ? ['mysql', 'mysqld', 'gawk'] : ['mysql', 'xtrabackup', 'xbstream', 'socat'];
}

/** A donor's part of a clone method: defines `send_clone`. */
export function serving({ _usesPlugin: usesPlugin, _options: options }: CloneMethod, { backupOptions }: Facts): string {
  return usesPlugin ? serveByClonePlugin : serveByXtrabackup(options, backupOptions);
}
