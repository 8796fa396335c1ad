import { Cluster } from '../cluster';
import { isPositive, kibibytes } from '../quantities';
import { isWhole } from './numbers';
import { rule, Rule } from './rule';

/** Rules on `cloneMethod`. */
export const cloneMethodRules: readonly Rule<Cluster>[] = [
  rule(
    'cloneMethod',
    'is `CloneMethod.clonePlugin()` only with MySQL 8.0.17 or later',
    ({ cloneMethod, version }) => !cloneMethod._usesPlugin || version._facts.hasClonePlugin,
    ({ version }) =>
      `cloneMethod: MySQL ${version.tag} has no CLONE plugin, which came with 8.0.17. Use CloneMethod.xtraBackup()`,
  ),
  rule(
    'cloneMethod',
    'is `CloneMethod.xtraBackup()` only if the version has an XtraBackup, or `images.xtrabackup` is set',
    ({ cloneMethod, images }) => cloneMethod._usesPlugin || images.xtrabackup !== undefined,
    ({ version }) =>
      `cloneMethod: there is no XtraBackup for MySQL ${version.tag}. Use CloneMethod.clonePlugin(), or set images.xtrabackup`,
  ),
  rule(
    'cloneMethod',
    'is `CloneMethod.clonePlugin()` only if the image of the server has gawk, which the default ones have from 8.0.30',
    ({ cloneMethod, version, images: { server } }) =>
      !cloneMethod._usesPlugin ||
      !version._facts.hasClonePlugin ||
      version._facts.imageHasGawk ||
      !server.endsWith(version._image),
    ({ version, images: { server } }) =>
      `cloneMethod: CloneMethod.clonePlugin() needs gawk, which ${server} does not have. Use MySQL 8.0.30 or later${version._facts.xtrabackup === 'refuses' ? '' : ', use CloneMethod.xtraBackup()'}, or set images.server to an image with gawk`,
  ),
  rule(
    'cloneMethod',
    'is `CloneMethod.xtraBackup()` only with a release that XtraBackup can copy, or if `images.xtrabackup` is set',
    ({ cloneMethod, version, images: { xtrabackup } }) =>
      cloneMethod._usesPlugin ||
      version._facts.xtrabackup !== 'refuses' ||
      !xtrabackup?.endsWith(version._xtrabackupImage!),
    ({ version }) =>
      `cloneMethod: XtraBackup refuses MySQL ${version.tag} once a table had a column added or dropped. Use MySQL 8.0.32 or later`,
  ),
  rule(
    'cloneMethod',
    'has no `compression` with the XtraBackup of MySQL 5.7, which does not have zstd',
    ({ cloneMethod: { _usesPlugin: usesPlugin, _options: options }, version }) =>
      usesPlugin || !options.compression || version._facts.compressesBackups,
    ({ cloneMethod: { _name: name, _options: options }, version }) =>
      `cloneMethod: ${name} cannot use compression: ${options.compression}, because the XtraBackup of MySQL ${version.tag} does not have zstd. Leave compression out`,
  ),
  rule(
    'cloneMethod',
    'has a whole number from 1 to 128 as `parallel`',
    ({ cloneMethod: { _options: options } }) => isWhole(options.parallel ?? 1, 1, 128),
    ({ cloneMethod: { _name: name, _options: options } }) =>
      `cloneMethod: ${name} cannot use parallel: ${options.parallel} as a number of threads. Use a whole number from 1 to 128`,
  ),
  rule(
    'cloneMethod',
    'has as `maxBandwidth` a multiple of 10 MiB for XtraBackup, and of 1 MiB for the CLONE plugin',
    ({ cloneMethod: { _usesPlugin: usesPlugin, _options: options } }) =>
      options.maxBandwidth === undefined ||
      (isPositive(options.maxBandwidth) && Number.isInteger(kibibytes(options.maxBandwidth) / 1024 / step(usesPlugin))),
    ({ cloneMethod: { _name: name, _usesPlugin: usesPlugin, _options: options } }) =>
      `cloneMethod: ${name} cannot keep maxBandwidth: ${options.maxBandwidth?.asString()} exactly. Use a multiple of ${step(usesPlugin)} MiB, for example Size.mebibytes(100)`,
  ),
];

/** The unit of bandwidth, in MiB. XtraBackup throttles by chunks of 10 MiB. */
function step(usesPlugin: boolean): number {
  return usesPlugin ? 1 : 10;
}
