import { tutorialCluster } from '../../test/e2e/support/tutorial-cluster';
import { bareServers } from './bare-servers';
import { Build } from './build';
import { Options } from './options';

/** A cluster that a benchmark measures. */
export interface Row {
  readonly name: string;
  /** As it stands in the table. */
  readonly title: string;
  /** What is applied. */
  readonly yaml: string;
}

/** The clusters that a build is measured with. All have three instances and the resources of the tutorial. */
const CLUSTERS: Record<string, { title: string; yaml: (build: Build) => string }> = {
  main: { title: 'main.ts (XtraBackup, OrderedReady)', yaml: (build) => build.main() },
  xtrabackup: {
    title: 'XtraBackup, Parallel',
    yaml: (build) =>
      build.cluster(({ Credentials, CloneMethod }) => ({
        credentials: Credentials.insecure(),
        cloneMethod: CloneMethod.xtraBackup(),
      })),
  },
  plugin: {
    title: 'CLONE plugin, Parallel',
    yaml: (build) =>
      build.cluster(({ Credentials, CloneMethod }) => ({
        credentials: Credentials.insecure(),
        cloneMethod: CloneMethod.clonePlugin(),
      })),
  },
};

const BEFORE = 'before-';

/** The rows that the options name: `main`, `xtrabackup` and `plugin`, the same with `before-`, `tutorial`, and `bare`. */
export function rowsOf({ rows, before }: Options): Row[] {
  const isEarlier = (name: string) => name.startsWith(BEFORE);
  if (!rows.some(isEarlier)) return rows.map((name) => row(name, Build.here));
  if (before === undefined) throw new Error('give the commit of the earlier build: --before COMMIT');
  const earlier = Build.at(before);
  try {
    return rows.map((name) => row(name, isEarlier(name) ? earlier : Build.here));
  } finally {
    earlier.remove();
  }
}

function row(name: string, build: Build): Row {
  if (name === 'tutorial') return { name, title: "the tutorial's manifest", yaml: tutorialCluster() };
  if (name === 'bare') return { name, title: 'bare mysqld', yaml: bareServers() };
  const { title, yaml } = CLUSTERS[name.replace(BEFORE, '')];
  return { name, title: `${build === Build.here ? 'this' : 'earlier'} build, ${title}`, yaml: yaml(build) };
}
