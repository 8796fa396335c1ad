import { IConstruct } from 'constructs';
import { Cluster } from '../cluster';

/** A practice that is unwise, but not refused. */
interface Warning {
  /** Code of the warning that Node.js emits. */
  readonly code: string;
  readonly text: string;
}

/** The warnings of synth on a cluster. */
export function warnings({ credentials, version, cloneMethod }: Cluster): Warning[] {
  const { series, _endOfLife: endOfLife, tag, _facts: facts } = version;
  return [
    ...(credentials._insecure ? [INSECURE] : []),
    ...(endOfLife === undefined
      ? []
      : [
          {
            code: 'REPLICATED_MYSQL_EOL',
            text: `MySQL ${series} gets no fixes since its end of life in ${endOfLife}; use MySqlVersion.V8_4 or later`,
          },
        ]),
    ...(cloneMethod._usesPlugin || facts.xtrabackup !== 'tries'
      ? []
      : [
          {
            code: 'REPLICATED_MYSQL_XTRABACKUP',
            text: `the newest XtraBackup of the series does not support MySQL ${tag}; use MySQL 8.0.34 or later`,
          },
        ]),
  ];
}

const INSECURE: Warning = {
  code: 'REPLICATED_MYSQL_INSECURE',
  text: 'insecure credentials: every password is empty and root may log in from anywhere; use Credentials.fromSecret() for data',
};

/** Writes a warning to standard error. The validations of cdk8s can only fail. */
export function warn(construct: IConstruct, { code, text }: Warning): void {
  process.emitWarning(`${construct.node.path}: ${text}`, { type: 'ReplicatedMySqlWarning', code });
}
