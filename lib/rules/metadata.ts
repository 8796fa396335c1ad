import { Cluster } from '../cluster';
import { MY_CNF_HASH, READS_LABEL, ROLE_LABEL, STATE_LABEL } from '../names';
import { MetadataProps } from '../options/metadata';
import { forEach, rule, Rule } from './rule';

interface Entry {
  readonly key: string;
  readonly value: string;
  /** Keys that the library sets. */
  readonly reserved: readonly string[];
}

/** Rules on `metadata`. */
export const metadataRules: readonly Rule<Cluster>[] = [
  ...leavesAlone('podLabels', 'a label', ({ labels }) => [
    ...Object.keys(labels),
    READS_LABEL,
    ROLE_LABEL,
    STATE_LABEL,
  ]),
  ...leavesAlone('podAnnotations', 'an annotation', () => [MY_CNF_HASH]),
  ...leavesAlone('serviceLabels', 'a label', ({ labels }) => Object.keys(labels)),
];

function leavesAlone(
  group: keyof MetadataProps,
  what: string,
  reserved: (cluster: Cluster) => readonly string[],
): Rule<Cluster>[] {
  return forEach(
    (cluster: Cluster) =>
      Object.entries(cluster.metadata[group] ?? {}).map(([key, value]) => ({
        key,
        value,
        reserved: reserved(cluster),
      })),
    rule<Entry>(
      `metadata.${group}`,
      `does not have ${what} that the library sets`,
      ({ key, reserved }) => !reserved.includes(key),
      ({ key, value }) => `metadata.${group}: "${key}: ${value}" is ${what} that the library sets. Use another key`,
    ),
  );
}
