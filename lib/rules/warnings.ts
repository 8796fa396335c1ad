import { IConstruct } from 'constructs';
import { Credentials } from '../options/credentials';
import { MySqlVersion } from '../options/version/version';

/** What is unwise, and yet not refused. */
export interface Warning {
  readonly code: string;
  readonly text: string;
}

/** What synth warns of. */
export function warnings({ credentials, version }: { credentials: Credentials; version: MySqlVersion }): Warning[] {
  const { series, endOfLife } = version;
  return [
    ...(credentials.secretName === undefined ? [INSECURE] : []),
    ...(endOfLife === undefined
      ? []
      : [
          {
            code: 'REPLICATED_MYSQL_EOL',
            text: `MySQL ${series} gets no fixes since its end of life in ${endOfLife}; use MySqlVersion.V8_4 or later`,
          },
        ]),
  ];
}

const INSECURE: Warning = {
  code: 'REPLICATED_MYSQL_INSECURE',
  text: 'insecure credentials: every password is empty and root may log in from anywhere; use Credentials.fromSecret() for data',
};

/** Says it on standard error; cdk8s itself knows errors only. */
export function warn(construct: IConstruct, { code, text }: Warning): void {
  process.emitWarning(`${construct.node.path}: ${text}`, { type: 'ReplicatedMySqlWarning', code });
}
