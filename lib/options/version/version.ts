import { Facts, Series } from './facts';
import { INNOVATIONS, SERIES } from './series';

/**
 * A version of MySQL that the library supports: the newest release of a series, or one release.
 *
 * **The tag of a series moves.** A node runs the release that was the newest when it pulled the image, and a newer
 * server upgrades its data when it first starts. For data that matters, name one release by `of()`.
 *
 * @see https://dev.mysql.com/doc/refman/8.4/en/mysql-releases.html
 */
export class MySqlVersion {
  /** MySQL 5.7, which only XtraBackup can clone, in its version 2.4. Its end of life was in October 2023: synth warns. */
  public static readonly V5_7 = new MySqlVersion(SERIES.V5_7);
  /** MySQL 8.0. Its end of life was in April 2026: synth warns. */
  public static readonly V8_0 = new MySqlVersion(SERIES.V8_0);
  /** MySQL 8.4 LTS. */
  public static readonly V8_4 = new MySqlVersion(SERIES.V8_4);
  /** MySQL 9.7 LTS, cloned by its CLONE plugin: no XtraBackup for it is generally available yet. */
  public static readonly V9_7 = new MySqlVersion(SERIES.V9_7);

  /**
   * One release, such as `MySqlVersion.of('8.4.6')`: its image, statements and options.
   *
   * @param version a release, or a series such as `8.4`, which stands for its newest release
   * @throws RangeError if the library does not support the version
   */
  public static of(version: string): MySqlVersion {
    const [, name, patch] = /^(\d+\.\d+)(?:\.(0|[1-9]\d*))?$/.exec(version) ?? [];
    const series: Series | undefined = Object.values(SERIES).find((known) => known.name === name);
    if (series === undefined) throw refusal(version, name === undefined ? MALFORMED : unsupported(name));
    if (Number(patch) < series.first) throw refusal(version, series.before!);
    return new MySqlVersion(series, patch);
  }

  /** The release series, such as `8.4`. */
  public readonly series: string;
  /** Tag of the image: the release, such as `8.4.6`, or the series. */
  public readonly tag: string;
  /** @internal */
  public readonly _image: string;
  /** @internal */
  public readonly _xtrabackupImage?: string;
  /** @internal */
  public readonly _endOfLife?: string;
  /** @internal */
  public readonly _facts: Facts;

  private constructor(series: Series, patch?: string) {
    this.series = series.name;
    this.tag = patch === undefined ? series.name : `${series.name}.${patch}`;
    this._image = `mysql:${this.tag}`;
    this._xtrabackupImage = series.xtrabackupImage;
    this._endOfLife = series.endOfLife;
    this._facts = series.facts(patch === undefined ? Infinity : Number(patch));
  }
}

const MALFORMED = 'is not a version of MySQL';

function unsupported(series: string): string {
  return INNOVATIONS.includes(series)
    ? 'is an innovation release, which gets no fixes after the next release'
    : 'is not supported';
}

function refusal(version: string, why: string): RangeError {
  const firsts = Object.values(SERIES).map(({ name, first }) => (first ? `${name} (from ${name}.${first})` : name));
  return new RangeError(
    `version: "${version}" ${why}. Use one of ${firsts.join(', ')}, or a release of one of these, for example "8.4.6"`,
  );
}
