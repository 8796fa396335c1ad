import { Cluster } from '../cluster';
import { CloneMethod } from '../options/clone-method';
import { SettingsProps } from '../options/settings';
import { sizes } from './sizes';
import { temporaryOptions } from './temporary';
import { tlsOptions } from './tls';

/** The option file of each role: the options that the cluster needs, and the user's. */
interface MyCnf {
  readonly primary: string;
  readonly replica: string;
}

/** Both roles boot read-only, with replication stopped. The sidecar opens the primary once its peers agree. */
export function myCnf(cluster: Cluster): MyCnf {
  const { version, cloneMethod, settings } = cluster;
  const role = (comment: string, own: SettingsProps['all']) => {
    const fixed = {
      ...version._facts.options,
      'super-read-only': 'ON',
      ...temporaryOptions(cluster),
      ...tlsOptions(cluster),
    };
    const given = { ...normalized(settings.all), ...normalized(own) };
    const lines = Object.entries({ ...fixed, ...sizes(cluster), ...withPlugins(cloneMethod, given) }).map(
      ([option, value]) => `${option}=${value}`,
    );
    const first = Object.keys(fixed).length;
    return [
      `# ${comment}`,
      '[mysqld]',
      ...lines.slice(0, first),
      '# By the memory of the container and the size of the volume, unless settings have them; then all other settings.',
      ...lines.slice(first),
      '',
    ].join('\n');
  };
  return {
    primary: role(
      'Only on the primary. It boots read-only as well: the container xtrabackup opens it.',
      settings.primary,
    ),
    replica: role('Only on replicas.', settings.replica),
  };
}

/** Joins the user's plugins with that of the library: the server reads only one list. */
function withPlugins(
  { _usesPlugin: usesPlugin }: CloneMethod,
  settings: Record<string, string>,
): Record<string, string> {
  const option = 'plugin-load-add';
  const plugins = [usesPlugin ? 'mysql_clone.so' : undefined, settings[option]].filter(
    (plugin) => plugin !== undefined,
  );
  return plugins.length ? { ...settings, [option]: plugins.join(';') } : settings;
}

function normalized(settings: SettingsProps['all'] = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).map(([option, value]) => [option.replace(/_/g, '-'), value]));
}
